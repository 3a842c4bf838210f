import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideSend } from '#rooms/study/chat/chat.rules.ts'
import { decideMarkUnread, decideRead } from '#rooms/study/chat/read.rules.ts'
import { decideJoin } from '#rooms/study/members/entry.rules.ts'
import { decideLeave } from '#rooms/study/members/members.rules.ts'
import { given, who } from '#rooms/study/testing/given.ts'
import type { Envelope } from '#schemas/events/envelope.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { readMarkOf, readMarksOf, unreadOf } from '../../database/readMarkers/readMarkers.ts'
import { freshDatabase } from '../../database/testing/freshDatabase.ts'
import { author, joined, sent } from '../testing/histories.ts'
import { readMarkersProjection } from './readMarkersProjection.ts'

test('STORE-73: a marker moves forward only, and moving takes "unread from here" away', async () => {
  const db = await freshDatabase()
  const write = author()
  const { handle } = readMarkersProjection(db)
  const mark = () => readMarkOf(db, 'u', 'r')
  expect(await mark()).toEqual({ readThrough: 0, markedUnreadAt: null })
  await handle([
    write('r', 'read.moved', { userId: 'u', number: 7 }),
    write('r', 'read.markedUnread', { userId: 'u', number: 4 }),
  ])
  expect(await mark()).toEqual({ readThrough: 7, markedUnreadAt: 4 })
  expect(unreadOf(9, await mark())).toBe(6)
  await handle([write('r', 'read.moved', { userId: 'u', number: 3 })])
  expect(await mark()).toEqual({ readThrough: 7, markedUnreadAt: null })
  await handle([
    write('r', 'read.markedUnread', { userId: 'u', number: 9 }),
    write('s', 'read.moved', { userId: 'u', number: 1 }),
  ])
  await handle([
    write('r', 'read.markedUnread', { userId: 'u', number: null }),
    write('r', 'read.moved', { userId: 'v', number: 2 }),
  ])
  expect([...(await readMarksOf(db, 'u', ['r', 's', 't']))]).toEqual([
    ['r', { readThrough: 7, markedUnreadAt: null }],
    ['s', { readThrough: 1, markedUnreadAt: null }],
  ])
  expect(unreadOf(9, await mark())).toBe(2)
  expect(unreadOf(3, await mark())).toBe(0)
})

test("STORE-73: one's own message is read, and so is what was said before one's first entry, also after coming back", async () => {
  const db = await freshDatabase()
  const write = author()
  const { handle } = readMarkersProjection(db)
  const unread = async (user: string, head: number) => unreadOf(head, await readMarkOf(db, user, 'r'))
  await handle([
    write('r', 'member.joined', { ...joined('ana'), readThrough: 0 }),
    write('r', 'chat.sent', sent(1, { author: 'ana' })),
    write('r', 'member.joined', { ...joined('ben'), readThrough: 1 }),
  ])
  expect([await unread('ana', 1), await unread('ben', 1)]).toEqual([0, 0])
  await handle([
    write('r', 'read.markedUnread', { userId: 'ben', number: 1 }),
    write('r', 'chat.sent', sent(2, { author: 'ben' })),
    write('r', 'member.left', { userId: 'ana', how: 'left' }),
    write('r', 'chat.sent', sent(3, { author: 'ben' })),
    write('r', 'member.joined', joined('ana')),
  ])
  expect([await unread('ana', 3), await unread('ben', 3)]).toEqual([2, 0])
})

test('STORE-73: the room and its read model say the same of everybody, after any history (I4)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ by: fc.nat(2), what: fc.nat(4), number: fc.nat(8) })), async (steps) => {
      const db = await freshDatabase()
      const room = given()
      const { place } = room
      const events: Envelope[] = []
      for (const { by, what, number } of steps) {
        const id = `u${by}`
        const me = who(id)
        const seat = { ...me, studiedMs: 0, dayEndsAt: 0 }
        const said = { outbox: 'o', n: room.seq + 1, text: 'hi', mentions: [] }
        const decision = [
          () => decideJoin(place, seat, { passwordHash: null }, room.at),
          () => decideLeave(place, id, me.session, 'left', room.at),
          () => decideSend(place, me, said, room.at),
          () => decideRead(place, me, { number }, room.at),
          () => decideMarkUnread(place, me, { number: number + 1 }, room.at),
        ][what]?.()
        if (!decision || isRefusal(decision)) continue
        events.push(...decision.events.map((event) => room.apply(event)))
      }
      const { handle } = readMarkersProjection(db)
      if (events.length > 0) await handle(events)
      for (const [user, readThrough] of place.hidden.readThrough)
        expect(await readMarkOf(db, user, 'room1')).toEqual({
          readThrough,
          markedUnreadAt: place.hidden.markedUnread.get(user) ?? null,
        })
      await db.destroy()
    }),
    { numRuns: 60 },
  )
})
