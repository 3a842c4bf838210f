import { expect, test } from 'vitest'
import type { OpenDatabase } from '../openDatabase.ts'
import { changeProfile, createProfile } from '../profile/changeProfile.ts'
import { bookIntervals } from './bookIntervals.ts'
import { creditedBetween } from './creditedBetween.ts'
import { extendIntervals } from './extendIntervals.ts'
import { movedDay, ownDayNow } from './ownDayNow.ts'
import { rebuildDays } from './rebuildDays.ts'
import { dayRows, totalsBetween } from './studyDays.ts'
import { changeStudySettings, offBoards, studySettingsOf } from './studySettings.ts'

const interval = (id: string, from: number, to: number, user = 'me') => ({
  id,
  user_id: user,
  room_id: 'r',
  started_at: from,
  ended_at: to,
})

export function studyContract(open: OpenDatabase): void {
  test('STORE-23: an interval only grows; older news and repeats change nothing', async () => {
    const db = await open()
    await extendIntervals(db, [interval('a', 10, 20), interval('a', 10, 40)])
    await extendIntervals(db, [interval('a', 10, 30)])
    expect(await creditedBetween(db, 'me', 0, 100)).toEqual([{ from: 10, to: 40 }])
  })

  test('STORE-22: what is credited is clipped, counts overlaps once, and is the user’s own', async () => {
    const db = await open()
    await extendIntervals(db, [
      interval('a', 10, 40),
      interval('b', 30, 50),
      interval('c', 60, 60),
      interval('d', 90, 120),
      interval('e', 0, 100, 'you'),
    ])
    expect(await creditedBetween(db, 'me', 20, 100)).toEqual([
      { from: 20, to: 50 },
      { from: 90, to: 100 },
    ])
    expect(await creditedBetween(db, 'me', 50, 90)).toEqual([])
  })

  const HOUR = 3_600_000
  /** Five in the morning in Seoul on that day of 2026. */
  const seoul = (day: string, hours = 0) => Date.parse(`2026-${day}T05:00:00+09:00`) + hours * HOUR
  const person = (userId: string, timeZone = 'Asia/Seoul') =>
    ({ userId, handle: userId, name: userId, timeZone, dayStartHour: 5, locale: 'ko', createdAt: 1 }) as const

  test('RECORD-1: one row per member and day, whatever comes again or grows; a stretch over days lies on all of them', async () => {
    const db = await open()
    await createProfile(db, person('me'))
    const rows = [
      interval('a', seoul('03-01', 23), seoul('03-02', 1)),
      interval('b', seoul('03-02', 0.5), seoul('03-02', 2)),
      interval('long', seoul('04-01', 12), seoul('04-03', 12)),
      interval('none', seoul('05-01'), seoul('05-01')),
    ]
    const days = [
      { day: '2026-03-01', totalMs: HOUR },
      { day: '2026-03-02', totalMs: 2 * HOUR },
      { day: '2026-04-01', totalMs: 12 * HOUR },
      { day: '2026-04-02', totalMs: 24 * HOUR },
      { day: '2026-04-03', totalMs: 12 * HOUR },
    ]
    for (const row of rows) await bookIntervals(db, [{ ...row, ended_at: (row.started_at + row.ended_at) / 2 }])
    await bookIntervals(db, rows)
    expect(await dayRows(db, 'me')).toEqual(days)
    await bookIntervals(db, rows.toReversed())
    expect(await dayRows(db, 'me')).toEqual(days)
    expect(await dayRows(db, 'me', '2026-04-02', '2026-04-02')).toEqual([days[3]])
  })

  test('RECORD-1: two places that book the same member at once leave what both say', async () => {
    const db = await open()
    await createProfile(db, person('me'))
    await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        bookIntervals(db, [interval(`i${i}`, seoul('03-01', i), seoul('03-01', i + 1))]),
      ),
    )
    expect(await dayRows(db, 'me')).toEqual([{ day: '2026-03-01', totalMs: 8 * HOUR }])
  })

  test('RECORD-4: what was studied before a change of zone keeps its day, also where it was booked beyond the change', async () => {
    const db = await open()
    await createProfile(db, person('me'))
    const at = seoul('03-02', 6)
    await bookIntervals(db, [interval('a', seoul('03-02', 5), seoul('03-02', 8))])
    await changeProfile(db, 'me', { timeZone: 'America/Los_Angeles' }, at)
    const days = [
      { day: '2026-03-01', totalMs: 2 * HOUR },
      { day: '2026-03-02', totalMs: HOUR },
    ]
    expect(await dayRows(db, 'me')).toEqual(days)
    await changeProfile(db, 'me', { timeZone: 'America/Los_Angeles', name: 'Mina' }, at + 1)
    expect(await rebuildDays(db)).toEqual({ members: 1, days: 2, changed: 0 })
    expect(await dayRows(db, 'me')).toEqual(days)
  })

  test('STUDY-6: a change of zone holds at once, also for a place whose clock is behind the change', async () => {
    const db = await open()
    await createProfile(db, person('me'))
    const at = seoul('03-02', 6)
    await bookIntervals(db, [interval('a', at - HOUR, at)])
    const west = { timeZone: 'America/Los_Angeles', dayStartHour: 5 }
    await changeProfile(db, 'me', west, at)
    for (const now of [at - 50, at, at + 50]) {
      expect(await movedDay(db, 'me', now)).toEqual({ ...west, since: at, studiedMs: 0 })
      // 18:00 in Los Angeles.
      expect(await ownDayNow(db, 'me', now)).toMatchObject({ ...west, studiedMs: 0, dayEndsAt: at + 11 * HOUR })
    }
  })

  test('RECORD-6: rebuilt rows are right whatever stood there', async () => {
    const db = await open()
    await createProfile(db, person('me'))
    await bookIntervals(db, [
      interval('a', seoul('03-01'), seoul('03-01', 2)),
      interval('b', seoul('03-05'), seoul('03-05', 1)),
    ])
    const right = await dayRows(db, 'me')
    await db.deleteFrom('study_day').where('day', '=', '2026-03-01').execute()
    await db.updateTable('study_day').set({ total_ms: 7 }).execute()
    await db.insertInto('study_day').values({ user_id: 'ghost', day: '2026-01-01', total_ms: 1 }).execute()
    expect(await rebuildDays(db)).toEqual({ members: 2, days: 2, changed: 3 })
    expect(await dayRows(db, 'me')).toEqual(right)
    expect(await dayRows(db, 'ghost')).toEqual([])
    expect((await rebuildDays(db)).changed).toBe(0)
  })

  test('RECORD-12: sums of several members over a period', async () => {
    const db = await open()
    await bookIntervals(db, [
      interval('a', seoul('03-01'), seoul('03-01', 2)),
      interval('b', seoul('03-02'), seoul('03-02', 1)),
      interval('c', seoul('03-02'), seoul('03-02', 3), 'you'),
    ])
    const sums = await totalsBetween(db, ['me', 'you', 'nobody'], '2026-02-28', '2026-03-02')
    expect([...sums].sort()).toEqual([
      ['me', 3 * HOUR],
      ['you', 3 * HOUR],
    ])
  })

  test('RECORD-10: settings of study change one by one', async () => {
    const db = await open()
    const usual = await studySettingsOf(db, 'me')
    await Promise.all([
      changeStudySettings(db, 'me', { dailyGoalMs: 5 }),
      changeStudySettings(db, 'me', { onBoards: false, weeklyGoalMs: undefined }),
    ])
    await changeStudySettings(db, 'you', {})
    expect(await studySettingsOf(db, 'me')).toEqual({ ...usual, dailyGoalMs: 5, onBoards: false })
    expect([...(await offBoards(db, ['me', 'you', 'nobody']))]).toEqual(['me'])
  })
}
