import type { StudyPlace } from '../studyPlace.ts'
import { inWindow } from './window.ts'

/** Changed messages outside the window that are remembered one by one; who missed more reloads. */
const REMEMBERED = 200

/** Remembers the latest revision of a message outside the window, and forgets the one that was touched longest ago. */
export function noteAmended(place: StudyPlace, number: number, revision: number): void {
  const { amended } = place.hidden
  amended.delete(number)
  amended.set(number, revision)
  if (amended.size <= REMEMBERED) return
  for (const [oldest, lost] of amended) {
    amended.delete(oldest)
    place.hidden.amendedLost = Math.max(place.hidden.amendedLost, lost)
    break
  }
}

/**
 * Changes above a revision to messages the window does not hold: number → revision, or null when some of them are no
 * longer remembered. Also those that were changed in the window and left it since: who was away has seen neither.
 */
export function amendedSince(place: StudyPlace, revision: number): ReadonlyMap<number, number> | null {
  if (revision < place.hidden.amendedLost) return null
  return new Map([...place.hidden.amended].filter(([number, r]) => r > revision && !inWindow(place, number)))
}
