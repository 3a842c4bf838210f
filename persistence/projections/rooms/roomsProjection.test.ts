import { expect, test } from 'vitest'
import { roomById } from '../../database/rooms/findRooms.ts'
import { myRooms } from '../../database/rooms/myRooms.ts'
import { searchRooms } from '../../database/rooms/searchRooms.ts'
import { visitOf } from '../../database/rooms/visits.ts'
import { freshDatabase } from '../../database/testing/freshDatabase.ts'
import { author, joined, roomCreated, sent } from '../testing/histories.ts'
import { roomsProjection } from './roomsProjection.ts'

const page = { now: 0, after: null, limit: 10 }

test('STORE-71: the row follows the room: facts, lock, password, owner, notice, newest message, end', async () => {
  const db = await freshDatabase()
  const write = author()
  const { handle } = roomsProjection(db)
  await handle([
    write('r', 'room.created', roomCreated({ passwordHash: 'secret-hash' })),
    write('r', 'room.changed', { name: 'New Name', tags: [], locked: true, capacity: 4 }),
    write('r', 'room.noticed', { text: 'read this', by: 'u0', byName: 'Owner' }),
    write('r', 'room.ownerChanged', { owner: 'u1', ownerName: 'Next', how: 'delegated' }),
    write('r', 'chat.sent', sent(1)),
    write('r', 'chat.sent', sent(2)),
  ])
  const room = await roomById(db, 'r')
  expect(room).toEqual({
    id: 'r',
    kind: 'staying',
    name: 'New Name',
    level: 'free',
    tags: [],
    owner: 'u1',
    ownerName: 'Next',
    capacity: 4,
    locked: true,
    hasPassword: true,
    notice: 'read this',
    createdAt: 1_010,
    endedAt: null,
    chatHead: 2,
    lastMessageAt: 1_060,
  })
  expect((await searchRooms(db, { text: 'new n', after: null, limit: 9 })).rooms).toEqual([room])
  expect(JSON.stringify(await db.selectFrom('room').selectAll().execute())).not.toContain('secret-hash')
  await handle([write('r', 'room.changed', { passwordHash: null }), write('r', 'room.ended', {})])
  expect(await roomById(db, 'r')).toMatchObject({ hasPassword: false, locked: true, endedAt: 1_080 })
  expect((await searchRooms(db, { text: 'new n', after: null, limit: 9 })).rooms).toEqual([])
})

test('STORE-72: who was in a staying room finds it again; a removed one does not, until he is let back', async () => {
  const db = await freshDatabase()
  const write = author()
  const { handle } = roomsProjection(db)
  const removal = { userId: 'u1', name: 'u1', kind: 'banned', until: null, reason: '', by: 'u0' } as const
  const mine = async (user: string) => (await myRooms(db, user, page)).rooms.map((r) => r.id)
  await handle([
    write('stays', 'room.created', roomCreated()),
    write('open', 'room.created', roomCreated({ kind: 'open' })),
    write('stays', 'member.joined', joined('u1')),
    write('open', 'member.joined', joined('u1')),
  ])
  expect([await mine('u0'), await mine('u1')]).toEqual([['open', 'stays'], ['stays']])
  await handle([write('stays', 'member.removed', removal)])
  expect(await mine('u1')).toEqual([])
  await handle([write('stays', 'member.letBack', { userId: 'u1', by: 'u0' })])
  expect(await mine('u1')).toEqual(['stays'])
  await handle([write('open', 'room.ownerChanged', { owner: 'u1', ownerName: 'u1', how: 'succession' })])
  expect([await mine('u0'), await mine('u1')]).toEqual([['stays'], ['open', 'stays']])
})

test('STORE-70: a failure between two writes is made good when the batch comes again', async () => {
  const db = await freshDatabase()
  const write = author()
  const { handle } = roomsProjection(db)
  const batch = [write('r', 'room.created', roomCreated()), write('r', 'member.joined', joined('u1'))]
  await db.schema.alterTable('room_visitor').renameTo('away').execute()
  await expect(handle(batch)).rejects.toThrow('room_visitor')
  expect(await roomById(db, 'r')).toMatchObject({ id: 'r' })
  await db.schema
    .alterTable('away' as 'room_visitor')
    .renameTo('room_visitor')
    .execute()
  expect(await visitOf(db, 'u1', 'r')).toBeNull()
  await handle(batch)
  expect(await visitOf(db, 'u1', 'r')).toEqual({ lastAt: 1_020, removedUntil: 0 })
})

test('STORE-71: events of a conversation that is no room change nothing', async () => {
  const db = await freshDatabase()
  await roomsProjection(db).handle([author()('channel', 'chat.sent', sent(1))])
  expect(await roomById(db, 'channel')).toBeNull()
})
