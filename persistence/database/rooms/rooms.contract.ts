import { describe, expect, test } from 'vitest'
import { decodeCursor } from '../cursor.ts'
import { insertRows } from '../dialect.ts'
import type { OpenDatabase } from '../openDatabase.ts'
import { roomRow, visitorRow } from '../testing/rows.ts'
import { roomById, roomsByIds } from './findRooms.ts'
import { myRooms } from './myRooms.ts'
import { searchRooms } from './searchRooms.ts'
import { visitOf } from './visits.ts'

export function roomsContract(open: OpenDatabase): void {
  describe('rooms in the database', () => {
    test('STORE-5: a room is read as the types say', async () => {
      const db = await open()
      await insertRows(db, 'room', [roomRow('a', { tags: '["math"]', locked: 1, ended_at: 9 }), roomRow('b')])
      expect(await roomById(db, 'a')).toMatchObject({ tags: ['math'], locked: true, hasPassword: false, endedAt: 9 })
      expect(await roomById(db, 'zz')).toBeNull()
      expect([...(await roomsByIds(db, ['b', 'zz', 'a'])).keys()].sort()).toEqual(['a', 'b'])
      expect((await roomsByIds(db, [])).size).toBe(0)
    })

    test('STORE-5: my rooms are the owned and the visited ones that stay, newest activity first, with unread by arithmetic', async () => {
      const db = await open()
      await insertRows(db, 'room', [
        roomRow('visited', { active_at: 10, chat_head: 7 }),
        roomRow('owned-open', { kind: 'open', owner_id: 'me', active_at: 30, chat_head: 5 }),
        roomRow('visited-open', { kind: 'open', active_at: 40 }),
        roomRow('ended', { owner_id: 'me', active_at: 50, ended_at: 60 }),
        roomRow('banned', { active_at: 70 }),
        roomRow('kicked-before', { active_at: 5 }),
        roomRow('foreign', { active_at: 80 }),
      ])
      const mine = ['visited', 'owned-open', 'visited-open', 'ended'].map((room) => visitorRow('me', room))
      await insertRows(db, 'room_visitor', [
        ...mine,
        visitorRow('me', 'banned', 8.64e15),
        visitorRow('me', 'kicked-before', 99),
        visitorRow('you', 'foreign'),
      ])
      await insertRows(db, 'read_marker', [
        { user_id: 'me', conversation: 'visited', number: 4, marked_unread_at: null, applied_seq: 1 },
        { user_id: 'me', conversation: 'owned-open', number: 5, marked_unread_at: 4, applied_seq: 1 },
        { user_id: 'you', conversation: 'kicked-before', number: 5, marked_unread_at: null, applied_seq: 1 },
      ])
      const { rooms, next } = await myRooms(db, 'me', { now: 100, after: null, limit: 10 })
      expect(rooms.map((r) => [r.id, r.readThrough, r.unread])).toEqual([
        ['owned-open', 5, 2],
        ['visited', 4, 3],
        ['kicked-before', 0, 0],
      ])
      expect(next).toBeNull()
      expect(await visitOf(db, 'me', 'kicked-before')).toEqual({ lastAt: 1, removedUntil: 99 })
      expect(await visitOf(db, 'me', 'foreign')).toBeNull()
    })

    test('STORE-7: pages of my rooms neither repeat nor leave out, also among equal times', async () => {
      const db = await open()
      const ids = Array.from({ length: 11 }, (_, i) => `r${String(i).padStart(2, '0')}`)
      await insertRows(
        db,
        'room',
        ids.map((id, i) => roomRow(id, { active_at: Math.floor(i / 4) })),
      )
      await insertRows(
        db,
        'room_visitor',
        ids.map((id) => visitorRow('me', id)),
      )
      const seen: string[] = []
      let after: ReturnType<typeof decodeCursor> = null
      do {
        const page = await myRooms(db, 'me', { now: 1, after, limit: 3 })
        seen.push(...page.rooms.map((r) => r.id))
        after = page.next === null ? null : decodeCursor(page.next)
      } while (after)
      expect(seen).toEqual(ids.toReversed())
    })

    test('STORE-6: sleeping rooms are found by a part of their name in any writing, and by nothing else', async () => {
      const db = await open()
      await insertRows(db, 'room', [
        roomRow('korean', { search_name: '공부방 a', created_at: 3 }),
        roomRow('percent', { search_name: '100% focus', created_at: 2, level: 'high' }),
        roomRow('open', { search_name: '공부방', kind: 'open' }),
        roomRow('gone', { search_name: '공부방', ended_at: 4 }),
      ])
      const found = async (text: string, more = {}) =>
        (await searchRooms(db, { text, after: null, limit: 9, ...more })).rooms.map((r) => r.id)
      expect(await found('부방')).toEqual(['korean'])
      expect(await found('공부방'.normalize('NFD'))).toEqual(['korean'])
      expect(await found(' Ａ ')).toEqual(['korean'])
      expect(await found('0% F')).toEqual(['percent'])
      expect(await found('_')).toEqual([])
      expect(await found('')).toEqual(['korean', 'percent'])
      expect(await found('', { level: 'high' })).toEqual(['percent'])
    })
  })
}
