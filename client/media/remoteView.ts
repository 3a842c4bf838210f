import { kindOf, type MediaSource, mediaSources } from '#schemas/media/sources.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import type { Published } from './receiving.ts'
import type { Looking, RemoteSource } from './types.ts'

/** What others publish, by producer, as state says. */
export function publishedIn(state: StudyState, me: string): ReadonlyMap<string, Published> {
  const published = new Map<string, Published>()
  for (const [userId, member] of state.members) {
    if (userId === me) continue
    for (const source of mediaSources) {
      const producer = member.producers.get(source)
      if (producer) published.set(producer, { userId, source })
    }
  }
  return published
}

type Held = { readonly track: MediaStreamTrack; readonly paused: boolean; readonly score: number | null }

/** One entry of what is published, as screens see it. */
export function shown(
  { userId, source }: Published,
  held: Held | null,
  micMuted: boolean,
  looking: Looking,
): RemoteSource {
  const seen = kindOf(source) === 'audio' || looking !== 'hidden'
  const paused = (held?.paused ?? false) || (source === 'microphone' && micMuted)
  return { userId, source, track: seen ? (held?.track ?? null) : null, paused, score: held?.score ?? null }
}

const same = (a: object, b: object): boolean => {
  const before = Object.entries(a)
  const after = Object.entries(b)
  return (
    before.length === after.length &&
    after.every(([key, value], i) => before[i]?.[0] === key && before[i]?.[1] === value)
  )
}

/** The new list with every entry that did not change as the object it was; the list itself too if nothing changed. */
export function kept<T extends object>(before: readonly T[], after: readonly T[]): readonly T[] {
  const list = after.map((entry, i) => {
    const old = before[i]
    return old && same(old, entry) ? old : (before.find((b) => same(b, entry)) ?? entry)
  })
  return list.length === before.length && list.every((entry, i) => entry === before[i]) ? before : list
}

export const keyOf = (userId: string, source: MediaSource): string => `${userId} ${source}`
