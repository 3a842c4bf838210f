import { expect, test } from 'vitest'
import type { OpenDatabase } from '../openDatabase.ts'
import { presenceRecords } from './presenceRecords.ts'

export function presenceRecordsContract(open: OpenDatabase): void {
  test('PRESENCE-2: a choice is kept; who never chose has none', async () => {
    const records = presenceRecords(await open())
    await records.choose('u', 'dnd')
    await records.choose('u', 'away')
    expect(await records.of(['u', 'nobody'])).toEqual(new Map([['u', { choice: 'away', lastSeenAt: null }]]))
  })

  test('PRESENCE-6: last seen moves forward only, and stands still for who is invisible', async () => {
    const records = presenceRecords(await open())
    await records.seen(['u', 'v', 'w'], 100)
    await records.seen(['u'], 50)
    await records.choose('v', 'invisible')
    await records.choose('x', 'invisible')
    await records.seen(['v', 'w', 'x'], 200)
    const all = await records.of(['u', 'v', 'w', 'x'])
    expect([...all].map(([user, { lastSeenAt }]) => [user, lastSeenAt]).toSorted()).toEqual([
      ['u', 100],
      ['v', 100],
      ['w', 200],
      ['x', null],
    ])
  })
}
