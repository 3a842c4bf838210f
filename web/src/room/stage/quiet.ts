import type { StudyHub } from '#client/types.ts'
import { stageAt } from '#schemas/stage/stage.ts'

/** Whether the place one is in wants notifications to wait for its break (T3). */
export function isQuiet(hub: StudyHub): boolean {
  const place = hub.place.get()
  if (place.status !== 'in') return false
  const { stage, timer } = place.room.state
  return stageAt(stage, timer, place.room.now()).quiet
}

const LOOK_MS = 1_000

/** Calls `ended` within a second after the quiet has ended, by the break or by leaving; answers how to stop. */
export function onQuietEnd(hub: StudyHub, ended: () => void): () => void {
  let was = isQuiet(hub)
  const timer = setInterval(() => {
    const is = isQuiet(hub)
    if (was && !is) ended()
    was = is
  }, LOOK_MS)
  return () => clearInterval(timer)
}
