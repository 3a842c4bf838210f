import { limits } from '#schemas/limits.ts'
import type { Appliers, StudyPlace } from '../studyPlace.ts'

export const stageAppliers: Appliers<'stage.set'> = {
  'stage.set': ({ state }, { data: { chat, slowMs, quiet } }) => {
    state.stage.assign({ chat, slowMs, quiet })
  },
}

/** Beyond this many, those are forgotten whom no slow chat can concern any more. */
const MANY = 200

/** Notes when a member spoke last, also one who leaves and comes back. Depends on the event's time only (I11). */
export function noteSaid({ hidden: { lastSaid } }: StudyPlace, userId: string, at: number): void {
  lastSaid.set(userId, at)
  if (lastSaid.size <= MANY) return
  for (const [id, last] of lastSaid) if (at - last > limits.slowMs.max) lastSaid.delete(id)
}
