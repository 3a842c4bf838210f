import { profileById } from '#persistence/database/profile/findProfiles.ts'
import { creditedBetween } from '#persistence/database/study/creditedBetween.ts'
import { studyToday } from '#schemas/api/study.ts'
import { refuse } from '#schemas/refusals.ts'
import { dayOf } from '#schemas/time/day.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'

/** Study time of the caller's own day (T5). */
export function studyApi(add: AddEndpoint, { db, ledger }: ApiDeps): void {
  add({
    method: 'get',
    path: '/api/study/today',
    tag: 'study',
    summary: "Today's study of the caller, in his own zone and day",
    who: 'user',
    takes: {},
    answers: studyToday,
    async run({ caller }) {
      const profile = await profileById(db, caller.userId)
      if (!profile) return refuse('unauthenticated')
      // Intervals are in the ledger's time, so today is too.
      const day = dayOf(await ledger.now(), profile.timeZone, profile.dayStartHour)
      const intervals = await creditedBetween(db, caller.userId, day.dayStartsAt, day.dayEndsAt)
      return { ...day, totalMs: intervals.reduce((sum, { from, to }) => sum + to - from, 0), intervals }
    },
  })
}
