import { expect, test } from 'vitest'
import { insertRows } from '../dialect.ts'
import type { OpenDatabase } from '../openDatabase.ts'
import { acquaintances } from './acquaintances.ts'

const member = (group: string, user: string) => ({
  group_id: group,
  user_id: user,
  role: 'member' as const,
  joined_at: 1,
})

export function acquaintancesContract(open: OpenDatabase): void {
  test('PRESENCE-8: friends and members of a common group see each other; a block of either side hides both ways', async () => {
    const db = await open()
    const friends = (low: string, high: string, yes = 1) => ({
      low_id: low,
      high_id: high,
      asked_by: low,
      friends: yes,
      at: 1,
    })
    await insertRows(db, 'friendship', [friends('ana', 'ben'), friends('ana', 'cho', 0)])
    await insertRows(db, 'group_member', [
      member('g', 'ana'),
      member('g', 'dan'),
      member('g', 'eve'),
      member('h', 'fay'),
    ])
    const { visibleTo } = acquaintances(db)
    const all = ['ana', 'ben', 'cho', 'dan', 'eve', 'fay', 'nobody']
    const seenBy = async (viewer: string) => [...(await visibleTo(viewer, all))].toSorted()
    expect(await seenBy('ana')).toEqual(['ana', 'ben', 'dan', 'eve'])
    expect(await seenBy('ben')).toEqual(['ana', 'ben'])
    expect(await seenBy('fay')).toEqual(['fay'])
    await insertRows(db, 'block', [{ user_id: 'dan', blocked_id: 'ana', at: 1 }])
    expect(await seenBy('ana')).toEqual(['ana', 'ben', 'eve'])
    expect(await seenBy('dan')).toEqual(['dan', 'eve'])
  })

  test('PRESENCE-9: rooms of a group are known to its members only, all others to everybody', async () => {
    const db = await open()
    await insertRows(db, 'group_member', [member('g', 'ana')])
    await insertRows(db, 'group_room', [{ room_id: 'secret', group_id: 'g', by_id: 'ana', created_at: 1 }])
    const { roomsKnownTo } = acquaintances(db)
    expect([...(await roomsKnownTo('ana', ['secret', 'open']))]).toEqual(['secret', 'open'])
    expect([...(await roomsKnownTo('ben', ['secret', 'open']))]).toEqual(['open'])
  })
}
