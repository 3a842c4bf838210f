import type { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import type { Database } from '../database.ts'
import { insertRows } from '../dialect.ts'
import type { OpenDatabase } from '../openDatabase.ts'
import { acquaintances } from './acquaintances.ts'

const member = (group: string, user: string) => ({
  group_id: group,
  user_id: user,
  role: 'member' as const,
  joined_at: 1,
})

/** The same database, and how many statements it was asked. */
function counting(db: Kysely<Database>) {
  let count = 0
  // Not the engine's own adapter: with it selects take a shorter way, past this.
  const adapter = {}
  const counted = new Proxy(db, {
    get(target, name) {
      if (name === 'getExecutor') return () => ({ adapter })
      const found: unknown = Reflect.get(target, name)
      if (name === 'executeQuery') count += 1
      return typeof found === 'function' ? found.bind(target) : found
    },
  })
  return { counted, asked: () => count }
}

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
    // Asked together, as they are: nobody's right is another's.
    const seenBy = async (viewer: string) => {
      const sights = await visibleTo(new Map(all.map((one) => [one, all])))
      expect([...(await visibleTo(new Map([[viewer, all]])))]).toEqual([[viewer, sights.get(viewer)]])
      return [...(sights.get(viewer) ?? [])].toSorted()
    }
    expect(await seenBy('ana')).toEqual(['ana', 'ben', 'dan', 'eve'])
    expect(await seenBy('ben')).toEqual(['ana', 'ben'])
    expect(await seenBy('fay')).toEqual(['fay'])
    await insertRows(db, 'block', [{ user_id: 'dan', blocked_id: 'ana', at: 1 }])
    expect(await seenBy('ana')).toEqual(['ana', 'ben', 'eve'])
    expect(await seenBy('dan')).toEqual(['dan', 'eve'])
  })

  test('PRESENCE-11: a hundred viewers are as many questions as one, and none looks through another', async () => {
    const db = await open()
    const pairs = Array.from({ length: 100 }, (_, i) => [`viewer-${i}`, `friend-${i}`] as const)
    const rooms = pairs.map((_, i) => `room-${i}`)
    await insertRows(
      db,
      'friendship',
      pairs.map(([viewer, friend], i) => ({
        low_id: friend,
        high_id: viewer,
        asked_by: viewer,
        friends: i % 2,
        at: 1,
      })),
    )
    await insertRows(
      db,
      'group_room',
      rooms.map((room_id, i) => ({ room_id, group_id: `g${i}`, by_id: 'x', created_at: 1 })),
    )
    await insertRows(
      db,
      'group_member',
      pairs.map(([viewer], i) => member(`g${i}`, viewer)),
    )
    const { asked, counted } = counting(db)
    const { visibleTo, roomsKnownTo } = acquaintances(counted)
    const friends = pairs.map(([, friend]) => friend)
    const one = new Map(pairs.slice(0, 1).map(([viewer]) => [viewer, friends]))
    const all = new Map(pairs.map(([viewer]) => [viewer, friends]))
    await visibleTo(one)
    await roomsKnownTo(new Map([['viewer-0', rooms]]))
    const forOne = asked()
    const seen = await visibleTo(all)
    const known = await roomsKnownTo(new Map(pairs.map(([viewer]) => [viewer, rooms])))
    expect(asked()).toBe(2 * forOne)
    expect(forOne).toBeLessThan(7)
    expect(pairs.map(([viewer]) => [...(seen.get(viewer) ?? [])])).toEqual(
      friends.map((friend, i) => (i % 2 === 1 ? [friend] : [])),
    )
    expect(pairs.map(([viewer]) => [...(known.get(viewer) ?? [])])).toEqual(rooms.map((room) => [room]))
  })

  test('PRESENCE-9: rooms of a group are known to its members only, all others to everybody', async () => {
    const db = await open()
    await insertRows(db, 'group_member', [member('g', 'ana')])
    await insertRows(db, 'group_room', [{ room_id: 'secret', group_id: 'g', by_id: 'ana', created_at: 1 }])
    const { roomsKnownTo } = acquaintances(db)
    const rooms = ['secret', 'open']
    const known = await roomsKnownTo(new Map(['ana', 'ben'].map((viewer) => [viewer, rooms])))
    expect([...known].map(([viewer, all]) => [viewer, [...all]])).toEqual([
      ['ana', rooms],
      ['ben', ['open']],
    ])
  })
}
