import type { Decision, Moment, Who } from '#rooms/place/types.ts'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { type Standing, standingEvents } from '../group/group.rules.ts'
import { bookOne } from '../study/study.rules.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { leads } from './roles.ts'

/** What the enter step has proven: which password hash the given password was verified against, null if none. */
export type Admission = {
  readonly passwordHash: string | null
  /** What the room's group said of him, for a room that belongs to one. */
  readonly group?: Standing | undefined
}

/** Who joins, with today's total so far and his own day (I6). */
export type Joiner = Who & {
  readonly studiedMs: number
  readonly dayEndsAt: number
  readonly timeZone?: string | undefined
  readonly dayStartHour?: number | undefined
}

/**
 * Whether somebody may enter now, or what is needed for that; reasons in their true order (R3): ended, removed, locked,
 * password, full. `password` asks the caller to verify one against `hidden.passwordHash` and to ask again with that hash.
 * Those who are listed return to their seats whatever lock, password and number of members say.
 */
export function decideAdmit(
  place: StudyPlace,
  userId: string,
  admission: Admission,
  { now }: Moment,
): 'ok' | 'password' | Refusal {
  const { state, hidden } = place
  if (hidden.ended) return refuse('gone')
  if (state.owner === '') return refuse('not_found')
  if (state.group !== '') {
    const { group } = admission
    if (!group || group.askedAt <= (hidden.expelled.get(userId) ?? -1)) return refuse('not_found')
  }
  const removed = hidden.removed.get(userId)
  if (removed && (removed.until === null || removed.until > now))
    return refuse(removed.kind, { until: removed.until, reason: removed.reason })
  if (state.members.has(userId)) return 'ok'
  // Owner and moderators set lock and password: neither stops them.
  if (!leads(place, userId)) {
    if (state.locked) return refuse('locked')
    if (hidden.passwordHash !== null && hidden.passwordHash !== admission.passwordHash) return 'password'
  }
  if (state.members.size >= state.capacity) return refuse('full', { capacity: state.capacity })
  return 'ok'
}

/**
 * Gives a seat, or a seat's newer connection to who has one: he keeps seat, role, entrance, totals and the personal timer's
 * switch. Everything is checked again, for the enter step was earlier. Closing the older connection is the actor's: it
 * knows the sockets (I1).
 */
export function decideJoin(place: StudyPlace, who: Joiner, admission: Admission, at: Moment): Decision {
  const admitted = decideAdmit(place, who.userId, admission, at)
  // The password was changed between the enter step and now.
  if (admitted === 'password') return refuse('password_required')
  if (admitted !== 'ok') return admitted
  const { state, hidden } = place
  const again = state.members.has(who.userId)
  const isNewcomer = !hidden.readThrough.has(who.userId)
  const { userId, name, handle, image, session, studiedMs, dayEndsAt, timeZone, dayStartHour } = who
  const joined: NewEvent = {
    type: 'member.joined',
    data: {
      userId,
      name,
      handle,
      ...(image ? { image } : {}),
      session,
      studiedMs,
      dayEndsAt,
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(dayStartHour === undefined ? {} : { dayStartHour }),
      ...(again ? { again } : {}),
      ...(isNewcomer ? { readThrough: state.chatHead } : {}),
    },
  }
  // What ran until the older connection's end is booked first; the next step in time goes on from here.
  const roles = admission.group ? standingEvents(place, userId, admission.group) : []
  if (again) return { events: [...bookOne(place, userId, at.now), joined, ...roles], reply: {} }
  const inherits = state.kind === 'open' && state.members.size === 0 && state.entrances > 0 && state.owner !== userId
  if (!inherits || hidden.emptySince === 0) return { events: [joined, ...roles], reply: {} }
  return {
    events: [joined, { type: 'room.ownerChanged', data: { owner: userId, ownerName: name, how: 'succession' } }],
    reply: {},
  }
}
