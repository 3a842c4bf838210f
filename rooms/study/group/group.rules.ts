import type { Decision, Moment } from '#rooms/place/types.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import type { GroupRole } from '#schemas/groups.ts'
import { departures } from '../members/departure.ts'
import type { StudyPlace } from '../studyPlace.ts'

/** What a group said of one of its members at `askedAt`, by the place's clock. */
export type Standing = {
  readonly role: GroupRole
  readonly leader: { readonly userId: string; readonly name: string }
  readonly askedAt: number
}

export type Expulsion = 'kicked' | 'banned' | 'leftGroup'

/** A group's leader owns its rooms and its managers moderate them: what is missing of that is made good. */
export function standingEvents(
  { state, hidden }: StudyPlace,
  userId: string,
  { role, leader }: Pick<Standing, 'role' | 'leader'>,
): NewEvent[] {
  const events: NewEvent[] = []
  if (state.owner !== leader.userId)
    events.push({
      type: 'room.ownerChanged',
      data: { owner: leader.userId, ownerName: leader.name, how: 'delegated' },
    })
  const moderates = hidden.moderators.has(userId)
  if (role === 'manager' && !moderates) events.push({ type: 'member.roleSet', data: { userId, role: 'moderator' } })
  if (role === 'member' && moderates) events.push({ type: 'member.roleSet', data: { userId, role: 'member' } })
  return events
}

/** Shows the roles as the group gives them now. */
export const decideStanding = (
  place: StudyPlace,
  userId: string,
  standing: Pick<Standing, 'role' | 'leader'>,
  _at: Moment,
): Decision => ({ events: standingEvents(place, userId, standing), reply: {} })

/** Who is no longer in the group leaves its room, and his socket with him; an absent one changes nothing. */
export function decideExpel(place: StudyPlace, userId: string, how: Expulsion, { now }: Moment): Decision {
  if (!place.state.members.has(userId)) return { events: [], reply: {} }
  return {
    events: departures(place, new Map([[userId, how === 'leftGroup' ? 'left' : how]]), now),
    reply: {},
    after: [{ do: 'close', userId, code: closeCodes[how], reason: how }],
  }
}

const KEPT_MS = 60_000

/** Live: seats that were given out before `now` let him in no more. */
export function markExpelled({ hidden: { expelled } }: StudyPlace, userId: string, now: number): void {
  for (const [user, at] of expelled) if (at < now - KEPT_MS) expelled.delete(user)
  expelled.set(userId, now)
}
