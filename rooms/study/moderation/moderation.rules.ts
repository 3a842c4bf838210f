import type { Decision, Effect, Moment, Who } from '#rooms/place/types.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'
import type { Payload, Reply } from '#schemas/messages/catalogue.ts'
import type { memberMessages } from '#schemas/messages/study.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { Member } from '#schemas/state/memberState.ts'
import { departures } from '../members/departure.ts'
import { roleOf } from '../members/roles.ts'
import { releaseOnLeave } from '../screen/screen.rules.ts'
import { moderates } from '../standing.ts'
import type { StudyPlace } from '../studyPlace.ts'

type Of<K extends keyof typeof memberMessages> = Payload<typeof memberMessages, K>
type Answer<K extends keyof typeof memberMessages> = Reply<typeof memberMessages, K>

/** The third warning kicks (R7). The count survives leaving and entering; letting back clears it. */
export function decideWarn(
  place: StudyPlace,
  who: Who,
  { userId, reason }: Of<'member.warn'>,
  { now }: Moment,
): Decision<Answer<'member.warn'>> {
  const target = targetOf(place, who.userId, userId)
  if ('refused' in target) return target
  const count = (place.hidden.warnings.get(userId)?.count ?? 0) + 1
  const kicked = count >= limits.warningsUntilKick
  const warned: NewEvent = {
    type: 'member.warned',
    data: { userId, name: target.name, count, reason, by: who.userId },
  }
  const { id, name } = place.state
  const tell: Effect = { do: 'tell', userId, item: { kind: 'warned', roomId: id, roomName: name, count, reason } }
  const out = kicked ? removal(place, target, 'kicked', null, reason, who.userId, now) : { events: [], after: [] }
  return {
    events: [warned, ...out.events],
    reply: { warnings: count, kicked },
    after: [tell, ...out.after],
  }
}

/** Out until he is let back, or as long as an open room lives. */
export function decideKick(place: StudyPlace, who: Who, { userId, reason }: Of<'member.kick'>, at: Moment): Decision {
  const target = targetOf(place, who.userId, userId)
  if ('refused' in target) return target
  return { ...removal(place, target, 'kicked', null, reason, who.userId, at.now), reply: {} }
}

/** Out for `forMs`, or for good. */
export function decideBan(
  place: StudyPlace,
  who: Who,
  { userId, reason, forMs }: Of<'member.ban'>,
  { now }: Moment,
): Decision {
  const target = targetOf(place, who.userId, userId)
  if ('refused' in target) return target
  const until = forMs === undefined ? null : now + forMs
  return { ...removal(place, target, 'banned', until, reason, who.userId, now), reply: {} }
}

export function decideLetBack(place: StudyPlace, who: Who, { userId }: Of<'member.letBack'>, _at: Moment): Decision {
  if (!moderates(place, who.userId)) return refuse('forbidden')
  if (!place.hidden.removed.has(userId)) return refuse('nothing_to_do')
  return { events: [{ type: 'member.letBack', data: { userId, by: who.userId } }], reply: {} }
}

/** Mutes a present member's chat, and frees the screen he shows; repeating it changes nothing. It survives leaving and entering. */
export function decideMute(place: StudyPlace, who: Who, { userId, on }: Of<'member.mute'>, _at: Moment): Decision {
  const target = targetOf(place, who.userId, userId)
  if ('refused' in target) return target
  if (place.hidden.muted.has(userId) === on) return { events: [], reply: {} }
  const shows = on ? releaseOnLeave(place, userId) : []
  return { events: [{ type: 'member.muted', data: { userId, on } }, ...shows], reply: {} }
}

/** Who is out and who has warnings, for owner and moderators. */
export function records(place: StudyPlace, who: Who, { now }: Moment): Answer<'member.records'> | Refusal {
  if (!moderates(place, who.userId)) return refuse('forbidden')
  const { removed, warnings } = place.hidden
  const still = [...removed].filter(([, { until }]) => until === null || until > now)
  return {
    removed: still.map(([userId, record]) => ({ userId, ...record })),
    warnings: [...warnings].map(([userId, record]) => ({ userId, ...record })),
  }
}

/** Whom `by` may act on: not himself, not the owner, nobody who is not here; moderators not each other. */
export function targetOf(place: StudyPlace, by: string, userId: string): Member | Refusal {
  if (!moderates(place, by)) return refuse('forbidden')
  if (userId === by) return refuse('is_self')
  if (userId === place.state.owner) return refuse('is_owner')
  const target = place.state.members.get(userId)
  if (!target) return refuse('not_present')
  return roleOf(place, userId) === 'moderator' && place.state.owner !== by ? refuse('forbidden') : target
}

/** The removal is committed first; the actor writes the ledger's removed-set from `member.removed`, then closes the socket (I7). */
function removal(
  place: StudyPlace,
  { userId, name }: Member,
  kind: 'kicked' | 'banned',
  until: number | null,
  reason: string,
  by: string,
  now: number,
): { events: NewEvent[]; after: Effect[] } {
  const { id: roomId, name: roomName } = place.state
  return {
    events: [
      { type: 'member.removed', data: { userId, name, kind, until, reason, by } },
      ...departures(place, new Map([[userId, kind]]), now),
    ],
    after: [
      { do: 'tell', userId, item: { kind: 'removed', roomId, roomName, how: kind, reason } },
      { do: 'close', userId, code: closeCodes[kind], reason: kind },
    ],
  }
}
