import { expect, test } from 'vitest'
import type { OpenDatabase } from '../openDatabase.ts'
import { creditedBetween } from './creditedBetween.ts'
import { extendIntervals } from './extendIntervals.ts'

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
}
