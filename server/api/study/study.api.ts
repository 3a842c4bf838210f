import { z } from 'zod'
import { dayRows, studiedDay, todayOf } from '#persistence/database/study/studyDays.ts'
import { changeStudySettings, studySettingsOf } from '#persistence/database/study/studySettings.ts'
import { zonesOfUser } from '#persistence/database/study/zones.ts'
import {
  dayName,
  MOST_DAYS,
  studyDay,
  studyDays,
  studyDaysQuery,
  studySettings,
  studySettingsChange,
  studySummary,
  studyToday,
} from '#schemas/api/study.ts'
import { refuse } from '#schemas/refusals.ts'
import { daysFrom } from '#schemas/time/calendar.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'
import { summaryOf } from './summaryOf.ts'

/** The caller's own record of study (T5). Intervals are in the ledger's time, so "now" is too. */
export function studyApi(add: AddEndpoint, { db, ledger }: ApiDeps): void {
  add({
    method: 'get',
    path: '/api/study/today',
    tag: 'study',
    summary: "Today's study of the caller, in his own zone and day",
    who: 'user',
    takes: {},
    answers: studyToday,
    run: async ({ caller }) => todayOf(db, caller.userId, await ledger.now()),
  })
  add({
    method: 'get',
    path: '/api/study/days/{day}',
    tag: 'study',
    summary: 'One day of the caller with its intervals',
    who: 'user',
    takes: { params: z.object({ day: dayName }) },
    answers: studyDay,
    run: async ({ caller, params }) => studiedDay(db, caller.userId, await zonesOfUser(db, caller.userId), params.day),
  })
  add({
    method: 'get',
    path: '/api/study/days',
    tag: 'study',
    summary: `Study by day, from and to included; ${MOST_DAYS} days at most`,
    who: 'user',
    takes: { query: studyDaysQuery },
    answers: studyDays,
    async run({ caller, query: { from, to } }) {
      const length = daysFrom(from, to) + 1
      if (length < 1 || length > MOST_DAYS) return refuse('invalid', { in: 'query', atMost: MOST_DAYS })
      return { days: await dayRows(db, caller.userId, from, to) }
    },
  })
  add({
    method: 'get',
    path: '/api/study/summary',
    tag: 'study',
    summary: 'Sums of the day, week and month, the streak and the goals of the caller',
    who: 'user',
    takes: {},
    answers: studySummary,
    run: async ({ caller }) => summaryOf(db, caller.userId, await ledger.now()),
  })
  add({
    method: 'patch',
    path: '/api/study/settings',
    tag: 'study',
    summary: 'Changes goals and whether others see the caller on leaderboards; what is absent stays',
    who: 'user',
    takes: { body: studySettingsChange },
    answers: studySettings,
    async run({ caller, body }) {
      await changeStudySettings(db, caller.userId, body)
      return studySettingsOf(db, caller.userId)
    },
  })
}
