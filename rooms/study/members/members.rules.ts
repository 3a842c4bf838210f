import type { Decision, Moment } from '#rooms/place/types.ts'
import type { EventData } from '#schemas/events/catalogue.ts'
import { refuse } from '#schemas/refusals.ts'
import { tellChecks } from '../attest/tellChecks.ts'
import { bookOne } from '../study/study.rules.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { departures } from './departure.ts'

type How = EventData<'member.left'>['how']
const nothing: Decision = { events: [], reply: {} }

/** A connection ends for good. Only the member's newest session takes him out: a stale close changes nothing (I1). */
export function decideLeave(place: StudyPlace, userId: string, session: string, how: How, { now }: Moment): Decision {
  if (place.hidden.sessions.get(userId) !== session) return nothing
  const events = departures(place, new Map([[userId, how]]), now)
  return { events, reply: {}, after: tellChecks(place, events, now) }
}

/** After `markDropped`: his study time ends at the last proof of presence; the seat is kept. */
export function decideDrop(place: StudyPlace, userId: string, session: string, { now }: Moment): Decision {
  if (place.hidden.sessions.get(userId) !== session) return nothing
  return { events: bookOne(place, userId, now), reply: {} }
}

/** After `markConnected`: a personal timer that was on counts again from now on. */
export const decideBack = decideDrop

/** Members who have not come back in time have left (§5.6). */
export function overdue({ hidden }: StudyPlace, now: number): Map<string, How> {
  const gone = [...hidden.returning].filter(([, { until }]) => until <= now)
  return new Map(gone.map(([userId]) => [userId, 'dropped']))
}

/** Somebody present has another name, handle or image; `image` '' is none. Messages keep the name they were written under. */
export function decideChanged(
  place: StudyPlace,
  userId: string,
  { name, handle, image }: { name: string; handle: string; image: string },
  _at: Moment,
): Decision {
  const member = place.state.members.get(userId)
  if (!member) return refuse('not_present')
  if (member.name === name && member.handle === handle && member.image === image) return nothing
  return { events: [{ type: 'member.changed', data: { userId, name, handle, image } }], reply: {} }
}

export function decideStatus(place: StudyPlace, userId: string, status: 'here' | 'away', _at: Moment): Decision {
  const member = place.state.members.get(userId)
  if (!member) return refuse('not_present')
  if (member.status === status) return nothing
  return { events: [{ type: 'member.statusSet', data: { userId, status } }], reply: {} }
}

/** Makes a present member moderator or takes that away, also from an absent one; the owner only. */
export function decideModerator(place: StudyPlace, by: string, userId: string, on: boolean, _at: Moment): Decision {
  const { state, hidden } = place
  // A group gives the roles of its rooms.
  if (state.owner !== by || state.group !== '') return refuse('forbidden')
  if (userId === by) return refuse('is_owner')
  if (hidden.moderators.has(userId) === on) return nothing
  if (on && !state.members.has(userId)) return refuse('not_present')
  return { events: [{ type: 'member.roleSet', data: { userId, role: on ? 'moderator' : 'member' } }], reply: {} }
}

/** Makes another present member the owner (R5); the owner only, who is then a member like others. */
export function decideDelegate(place: StudyPlace, by: string, userId: string, _at: Moment): Decision {
  if (place.state.owner !== by || place.state.group !== '') return refuse('forbidden')
  if (userId === by) return refuse('is_self')
  const heir = place.state.members.get(userId)
  if (!heir) return refuse('not_present')
  return {
    events: [{ type: 'room.ownerChanged', data: { owner: userId, ownerName: heir.name, how: 'delegated' } }],
    reply: {},
  }
}
