import type { PlaceModel, PlaceRules } from '#rooms/place/model.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import { applyStudy } from './apply.ts'
import { endTyping, typingEndsAt } from './chat/typing.ts'
import { microphonesCloseAt } from './media/media.rules.ts'
import { type Admission, decideJoin } from './members/entry.rules.ts'
import { decideBack, decideDrop, decideLeave } from './members/members.rules.ts'
import { markConnected, markDropped, markReturning } from './members/presence.ts'
import { decideDue, nextDueAt } from './room/due.rules.ts'
import { newStudyPlace, restore, snapshotOf } from './snapshot.ts'
import type { StudyPlace } from './studyPlace.ts'

/** What enter learned of a user: today's total and his own day (I6), and which password hash he has proven. */
export type StudyFacts = {
  readonly studiedMs: number
  readonly dayEndsAt: number
  readonly timeZone?: string | undefined
  readonly dayStartHour?: number | undefined
  readonly admission: Admission
}

export const studyModel: PlaceModel<StudyPlace> = {
  fresh: newStudyPlace,
  restore: (_id, body) => restore(body),
  apply: applyStudy,
  snapshot: snapshotOf,
  state: (place): StudyState => place.state,
  chatHead: (place) => place.state.chatHead,
}

export const studyRules: PlaceRules<StudyPlace, StudyFacts> = {
  join: (place, who, { admission, ...day }, at) => decideJoin(place, { ...who, ...day }, admission, at),
  leave: (place, { userId, session }, how, at) => decideLeave(place, userId, session, how, at),
  drop: (place, { userId, session }, at) => decideDrop(place, userId, session, at),
  back: (place, { userId, session }, at) => decideBack(place, userId, session, at),
  markConnected: (place, { userId, session }, at) => markConnected(place, userId, session, at.now),
  markDropped: (place, { userId, session }, seenAt, at) => markDropped(place, userId, session, seenAt, at.now),
  markReturning: (place, at) => markReturning(place, at.now),
  due: (place, at) => {
    // Live, so no event: the turn's patch shows it.
    endTyping(place, at)
    return decideDue(place, at)
  },
  nextDueAt: (place, at) => {
    const ofRoom = nextDueAt(place, at.now) ?? Number.POSITIVE_INFINITY
    const next = Math.min(ofRoom, typingEndsAt(place), microphonesCloseAt(place, at.now))
    return next === Number.POSITIVE_INFINITY ? null : next
  },
  removals: ({ hidden }, { now }) =>
    [...hidden.removed]
      .map(([userId, { until }]) => ({ userId, until }))
      .filter(({ until }) => until === null || until > now),
  sessionOf: (place, userId) => place.hidden.sessions.get(userId),
  fate: ({ state, hidden }) => {
    if (hidden.ended) return 'ended'
    // An empty open room stays for its grace, and then ends.
    if (state.owner === '') return 'empty'
    return state.kind === 'staying' && state.members.size === 0 ? 'empty' : 'live'
  },
}
