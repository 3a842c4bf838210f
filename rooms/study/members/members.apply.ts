import { Member } from '#schemas/state/memberState.ts'
import { beginWaiting } from '../attest/attest.apply.ts'
import { DEFAULT_DAY } from '../study/ownDay.ts'
import type { Appliers, StudyPlace } from '../studyPlace.ts'
import { forget } from './forget.ts'
import { forgetPresence, markConnected } from './presence.ts'
import { roleOf } from './roles.ts'

type MemberEvents =
  | 'member.joined'
  | 'member.left'
  | 'member.changed'
  | 'member.statusSet'
  | 'member.roleSet'
  | 'member.forgotten'

export const memberAppliers: Appliers<MemberEvents> = {
  'member.joined': (place, { at, data }) => {
    const { state, hidden } = place
    const known = state.members.get(data.userId)
    if (known) known.assign({ name: data.name, handle: data.handle, image: data.image ?? '' })
    else {
      state.entrances += 1
      const readThrough = hidden.readThrough.get(data.userId) ?? data.readThrough ?? state.chatHead
      hidden.readThrough.set(data.userId, readThrough)
      state.members.set(
        data.userId,
        new Member().assign({
          userId: data.userId,
          name: data.name,
          handle: data.handle,
          image: data.image ?? '',
          role: roleOf(place, data.userId),
          entrance: state.entrances,
          enteredAt: at,
          studiedMs: data.studiedMs,
          dayEndsAt: data.dayEndsAt,
          muted: hidden.muted.has(data.userId),
          barred: hidden.barred.get(data.userId)?.join(' ') ?? '',
          readThrough,
        }),
      )
      beginWaiting(place, data.userId, at)
    }
    if (state.owner === data.userId) state.ownerName = data.name
    hidden.sessions.set(data.userId, data.session)
    hidden.days.set(data.userId, {
      ...hidden.days.get(data.userId),
      timeZone: data.timeZone ?? DEFAULT_DAY.timeZone,
      dayStartHour: data.dayStartHour ?? DEFAULT_DAY.dayStartHour,
    })
    hidden.emptySince = 0
    markConnected(place, data.userId, data.session, at)
  },

  'member.left': (place, { at, data }) => {
    const { state, hidden } = place
    if (!state.members.delete(data.userId)) return
    hidden.sessions.delete(data.userId)
    hidden.days.delete(data.userId)
    hidden.intervals.delete(data.userId)
    hidden.attests.delete(data.userId)
    forgetPresence(place, data.userId)
    if (state.members.size === 0) hidden.emptySince = at
  },

  'member.changed': ({ state }, { data: { userId, name, handle, image } }) => {
    state.members.get(userId)?.assign({ name, handle, image })
    if (state.owner === userId) state.ownerName = name
    for (const hand of state.hands) if (hand.userId === userId) hand.name = name
  },

  'member.forgotten': (place, { data }) => forget(place, data.userId),

  'member.statusSet': ({ state }, { data }) => {
    const member = state.members.get(data.userId)
    if (member) member.status = data.status
  },

  'member.roleSet': (place, { data }) => {
    if (data.role === 'moderator') place.hidden.moderators.add(data.userId)
    else place.hidden.moderators.delete(data.userId)
    showRole(place, data.userId)
  },
}

/** Shows someone's role on his seat, if he has one. */
export function showRole(place: StudyPlace, userId: string): void {
  const member = place.state.members.get(userId)
  if (member) member.role = roleOf(place, userId)
}
