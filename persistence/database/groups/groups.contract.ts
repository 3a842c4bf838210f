import { describe, expect, test } from 'vitest'
import { insertRows, isDuplicate } from '../dialect.ts'
import type { OpenDatabase } from '../openDatabase.ts'
import { myRooms } from '../rooms/myRooms.ts'
import { searchRooms } from '../rooms/searchRooms.ts'
import { roomRow, visitorRow } from '../testing/rows.ts'
import { dissolve, insertGroup, moveLead } from './changeGroup.ts'
import { groupByCodeHash, groupsOfUser, searchOpenGroups } from './findGroups.ts'
import { countGroupRooms, insertGroupRoom, leftOverRooms } from './groupRooms.ts'
import { countUse, insertInvite, workingInvites } from './invites.ts'
import { addMember, countMembers, dropMember, recordOf, roleIn, writeRecord } from './members.ts'
import { groupMemberships } from './memberships.ts'

const group = (id: string, differs = {}) => ({
  ...{ id, name: `Group ${id}`, description: '', image: null, capacity: 3, openToRequests: true },
  ...{ leader: 'lea', code: `CODE${id}`, createdAt: 1, dissolvedAt: null, ...differs },
})

export function groupsContract(open: OpenDatabase): void {
  describe('groups in the database', () => {
    const some = async () => {
      const db = await open()
      await db.transaction().execute(async (tx) => {
        await insertGroup(tx, group('g'), 'hash-g')
        await addMember(tx, 'g', 'mo', 2)
      })
      return db
    }

    test('GROUP-1: a membership is one row: a second one of the same person is refused by the key', async () => {
      const db = await some()
      const again = db.transaction().execute((tx) => addMember(tx, 'g', 'mo', 3))
      expect(await again.then(() => null, isDuplicate)).toBe(true)
      expect(await countMembers(db, 'g')).toBe(2)
      const { groupsOf, isMember, membersOf } = groupMemberships(db)
      expect(await groupsOf('mo')).toEqual([{ group: 'g', role: 'member' }])
      expect([await isMember('g', 'mo'), await isMember('g', 'x'), await isMember('x', 'mo')]).toEqual([
        true,
        false,
        false,
      ])
      expect(await membersOf('g')).toEqual([
        { user: 'lea', role: 'leader' },
        { user: 'mo', role: 'member' },
      ])
    })

    test('GROUP-4: two groups never share a code', async () => {
      const db = await some()
      const same = db.transaction().execute((tx) => insertGroup(tx, group('h'), 'hash-g'))
      expect(await same.then(() => null, isDuplicate)).toBe(true)
      expect((await groupByCodeHash(db, 'hash-g'))?.group.id).toBe('g')
      expect(await groupByCodeHash(db, 'hash-x')).toBeNull()
    })

    test('GROUP-7: leading moves to another; warnings and removal outlive the membership', async () => {
      const db = await some()
      await db.transaction().execute(async (tx) => {
        await moveLead(tx, 'g', 'lea', 'mo')
        await writeRecord(tx, 'g', 'lea', { warnings: 2, removed: 'kicked', reason: 'r', by: 'mo', at: 5 })
        await dropMember(tx, 'g', 'lea')
      })
      expect([await roleIn(db, 'g', 'mo'), await roleIn(db, 'g', 'lea')]).toEqual(['leader', null])
      expect(await recordOf(db, 'g', 'lea')).toEqual({ warnings: 2, removed: 'kicked' })
      expect((await groupsOfUser(db, 'mo')).map(({ id, members, leader }) => [id, members, leader])).toEqual([
        ['g', 1, 'mo'],
      ])
    })

    test('GROUP-9: the gate of a room says who may; public rooms have none; public lists and counts never show it', async () => {
      const db = await some()
      await db.transaction().execute(async (tx) => {
        await insertGroupRoom(tx, { id: 'secret', group: 'g', by: 'lea', at: 3 })
        await writeRecord(tx, 'g', 'ben', { warnings: 0, removed: 'banned', reason: '', by: 'lea', at: 5 })
      })
      await insertRows(db, 'room', [roomRow('secret', { owner_id: 'lea' }), roomRow('open')])
      await insertRows(
        db,
        'room_visitor',
        ['lea', 'mo', 'ben'].map((user) => visitorRow(user, 'secret')),
      )
      const { gateOf } = groupMemberships(db)
      expect(await gateOf('open', 'mo')).toBeNull()
      const leader = { userId: 'lea', name: '' }
      expect(await gateOf('secret', 'mo')).toEqual({ group: 'g', role: 'member', removed: null, leader })
      expect(await gateOf('secret', 'ben')).toEqual({ group: 'g', role: null, removed: 'banned', leader })
      expect((await searchRooms(db, { text: '', after: null, limit: 9 })).rooms.map((r) => r.id)).toEqual(['open'])
      const mine = async (user: string) =>
        (await myRooms(db, user, { now: 9, after: null, limit: 9 })).rooms.map((r) => r.id)
      expect([await mine('mo'), await mine('ben')]).toEqual([['secret'], []])
      expect(await leftOverRooms(db, 9)).toEqual([])
      await db.transaction().execute((tx) => dissolve(tx, 'g', 9))
      expect([await mine('mo'), await mine('lea')]).toEqual([[], []])
      expect(await gateOf('secret', 'lea')).toMatchObject({ role: null })
      expect(await leftOverRooms(db, 9)).toEqual(['secret'])
      expect((await searchOpenGroups(db, { text: '', after: null, limit: 9 })).groups).toEqual([])
    })

    test('GROUP-9: rooms that are or are being made count, neither ended ones nor those that never came about', async () => {
      const db = await some()
      const began = 1_000_000
      await db.transaction().execute(async (tx) => {
        for (const id of ['making', 'there', 'ended'])
          await insertGroupRoom(tx, { id, group: 'g', by: 'lea', at: began })
      })
      await insertRows(db, 'room', [roomRow('there'), roomRow('ended', { ended_at: 9 }), roomRow('public')])
      expect(await countGroupRooms(db, 'g', began + 599_999)).toBe(2)
      expect(await countGroupRooms(db, 'g', began + 600_000)).toBe(1)
      expect(await countGroupRooms(db, 'none', began)).toBe(0)
    })

    test('GROUP-5: links that are over, used up or revoked are no longer listed', async () => {
      const db = await some()
      await db.transaction().execute(async (tx) => {
        const base = { group: 'g', createdAt: 1, expiresAt: null, maxUses: null, uses: 0, revokedAt: null }
        await insertInvite(tx, { ...base, id: 'a', hash: 'a' }, 'lea')
        await insertInvite(tx, { ...base, id: 'b', hash: 'b', expiresAt: 10 }, 'lea')
        await insertInvite(tx, { ...base, id: 'c', hash: 'c', maxUses: 1 }, 'lea')
        await countUse(tx, 'c')
      })
      expect((await workingInvites(db, 'g', 9)).map((i) => i.id)).toEqual(['a', 'b'])
      expect((await workingInvites(db, 'g', 10)).map((i) => i.id)).toEqual(['a'])
    })
  })
}
