import type { Moment, Who } from '#rooms/place/types.ts'
import { limits } from '#schemas/limits.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { mayReword } from '../stage/stage.rules.ts'
import { present } from '../standing.ts'
import type { StudyPlace } from '../studyPlace.ts'

/** A member's sign rises at most once in this time, however fast he switches it: what others receive stays bounded. */
const RISE_EVERY_MS = 1_000

/** Live (C4), never an event: runs inside `Turns.live`. */
export function decideTyping(
  place: StudyPlace,
  who: Who,
  { on }: { readonly on: boolean },
  at: Moment,
): Record<never, never> | Refusal {
  if (!present(place, who.userId)) return refuse('not_present')
  if (on && place.hidden.muted.has(who.userId)) return refuse('muted')
  // What is being written will not be seen before the break.
  if (on && mayReword(place, who.userId, at.now)) return refuse('held')
  if (on) startTyping(place, who.userId, at)
  else stopTyping(place, who.userId)
  return {}
}

/** Call inside `Turns.live`. A repeat only keeps the sign up and sends nothing. */
export function startTyping(place: StudyPlace, userId: string, at: Moment): void {
  const member = place.state.members.get(userId)
  if (!member) return
  const before = place.hidden.typing.get(userId)
  if (!member.typing && before && at.now - before.rose < RISE_EVERY_MS) return
  place.hidden.typing.set(userId, { rose: member.typing && before ? before.rose : at.now, fresh: at.now })
  member.typing = true
}

/** The moment of the rise stays known until `endTyping`, for the throttle. */
export function stopTyping(place: StudyPlace, userId: string): void {
  const member = place.state.members.get(userId)
  if (member) member.typing = false
}

/** When the next sign falls by itself; Infinity if none is up. */
export function typingEndsAt(place: StudyPlace): number {
  let next = Number.POSITIVE_INFINITY
  for (const [userId, { fresh }] of place.hidden.typing)
    if (place.state.members.get(userId)?.typing) next = Math.min(next, fresh + limits.typingMs)
  return next
}

/** Takes down the signs that were not renewed for `limits.typingMs`. True if something changed that clients see. */
export function endTyping(place: StudyPlace, at: Moment): boolean {
  let seen = false
  for (const [userId, { fresh }] of place.hidden.typing) {
    if (at.now - fresh < limits.typingMs) continue
    place.hidden.typing.delete(userId)
    seen ||= place.state.members.get(userId)?.typing === true
    stopTyping(place, userId)
  }
  return seen
}
