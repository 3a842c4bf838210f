import type { EventData } from '#schemas/events/catalogue.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { type Stage, type StagePolicy, stageAt } from '#schemas/stage/stage.ts'
import { leads } from '../members/roles.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { runOf } from '../timer/run.ts'

/** What the phase does to the room at `now`. */
export const stageOf = (place: StudyPlace, now: number): Stage => stageAt(place.state.stage, runOf(place), now)

/**
 * Why somebody may not write now, null if he may: `held` until the break, `slow` until his own time is over, each with
 * the moment (`opensAt`) and how long that is (`retryAfterMs`). Nothing is noted: his client keeps the message under the same
 * n and sends it then, so it is neither lost nor out of order (I3). Who leads the room is never kept from speaking.
 */
export function mayWrite(place: StudyPlace, userId: string, now: number): Refusal | null {
  const { chat, opensAt } = stageOf(place, now)
  if (chat === 'open' || opensAt === null || leads(place, userId)) return null
  if (chat === 'held') return refuse('held', { opensAt, retryAfterMs: opensAt - now })
  const last = place.hidden.lastSaid.get(userId)
  // The break opens chat for everybody, also for who has just written.
  const mayAt = last === undefined ? now : Math.min(opensAt, last + place.state.stage.slowMs)
  return mayAt > now ? refuse('slow', { opensAt: mayAt, retryAfterMs: mayAt - now }) : null
}

/** As `mayWrite`, for changing what one has said: that is not counted in slow chat, but held chat is quiet. */
export function mayReword(place: StudyPlace, userId: string, now: number): Refusal | null {
  const refusal = mayWrite(place, userId, now)
  return refusal?.refused === 'held' ? refusal : null
}

/** The whole policy after a change, null if it changes nothing. */
export function nextPolicy(
  { state: { stage } }: StudyPlace,
  change: { readonly [K in keyof StagePolicy]?: StagePolicy[K] | undefined },
): Omit<EventData<'stage.set'>, 'by'> | null {
  const next = {
    chat: change.chat ?? (stage.chat as StagePolicy['chat']),
    slowMs: change.slowMs ?? stage.slowMs,
    quiet: change.quiet ?? stage.quiet,
  }
  const same = next.chat === stage.chat && next.slowMs === stage.slowMs && next.quiet === stage.quiet
  return same ? null : next
}
