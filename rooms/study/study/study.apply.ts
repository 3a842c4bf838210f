import { noteCounted } from '../attest/attest.apply.ts'
import type { Appliers } from '../studyPlace.ts'

type StudyTimeEvents = 'study.switched' | 'study.opened' | 'study.extended' | 'study.closed' | 'study.dayTurned'

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

  'study.dayTurned': ({ state }, { data }) => {
    const member = state.members.get(data.userId)
    if (!member) return
    member.studiedMs = 0
    member.dayEndsAt = data.dayEndsAt
  },
}
