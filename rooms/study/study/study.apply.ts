import { noteCounted } from '../attest/attest.apply.ts'
import type { Appliers } from '../studyPlace.ts'

type StudyTimeEvents =
  | 'study.switched'
  | 'study.opened'
  | 'study.extended'
  | 'study.closed'
  | 'study.dayTurned'
  | 'study.dayMoved'

/** Keeps, for each member, shown total = studiedMs + (now - studyingSince). */
export const studyAppliers: Appliers<StudyTimeEvents> = {
  'study.switched': ({ state }, { data }) => {
    const member = state.members.get(data.userId)
    if (!member) return
    member.studying = data.on
    if (data.on) member.missedAt = 0
  },

  'study.opened': ({ state, hidden }, { data }) => {
    const member = state.members.get(data.userId)
    if (!member) return
    hidden.intervals.set(data.userId, { id: data.intervalId, from: data.from, to: data.from })
    member.studyingSince = data.from
  },

  'study.extended': ({ hidden }, { data }) => {
    const interval = hidden.intervals.get(data.userId)
    if (interval?.id === data.intervalId) interval.to = data.to
  },

  'study.closed': (place, { data }) => {
    const { state, hidden } = place
    if (hidden.intervals.get(data.userId)?.id !== data.intervalId) return
    hidden.intervals.delete(data.userId)
    noteCounted(place, data.userId, data.from, data.to)
    const member = state.members.get(data.userId)
    if (!member) return
    member.studyingSince = 0
    member.studiedMs += data.to - data.from
  },

  'study.dayTurned': ({ state, hidden }, { data }) => {
    const member = state.members.get(data.userId)
    if (!member) return
    member.studiedMs = data.studiedMs ?? 0
    member.dayEndsAt = data.dayEndsAt
    const day = hidden.days.get(data.userId)
    if (day?.nextMs !== undefined)
      hidden.days.set(data.userId, { timeZone: day.timeZone, dayStartHour: day.dayStartHour })
  },

  'study.dayMoved': ({ state, hidden }, { data: { userId, timeZone, dayStartHour, dayEndsAt, nextMs } }) => {
    const member = state.members.get(userId)
    if (!member) return
    member.dayEndsAt = dayEndsAt
    hidden.days.set(userId, { timeZone, dayStartHour, ...(nextMs === undefined ? {} : { nextMs }) })
  },
}
