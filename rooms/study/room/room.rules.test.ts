import { describe, expect, test } from 'vitest'
import { closeCodes } from '#schemas/closeCodes.ts'
import { limits } from '#schemas/limits.ts'
import { roomCard } from '#schemas/messages/lobby.ts'
import { decideJoin } from '../members/entry.rules.ts'
import { newStudyPlace } from '../snapshot.ts'
import { given, joined, left, moderator, roomCreated, Scenario, START, who } from '../testing/given.ts'
import { cardOf } from './card.ts'
import { decideDue, nextDueAt } from './due.rules.ts'
import { changeRoom } from './room.messages.ts'
import { decideChange, decideCreate, decideEnd, type HashedChange } from './room.rules.ts'

const ana = { userId: 'ana', name: 'Ana' }
const change = (room: Scenario, by: string, facts: HashedChange) =>
  room.when((p, at) => decideChange(p, { userId: by, name: by }, facts, at))

test('ROOM-1: a room is created once, and its creator owns it before he has joined', () => {
  const room = new Scenario()
  const { owner: _, ownerName: __, ...facts } = roomCreated({ notice: 'Welcome', passwordHash: 'h' }).data
  const create = () => room.when((p, at) => decideCreate(p, ana, facts, at))
  expect(create()).toMatchObject({ events: [{ type: 'room.created', data: { owner: 'ana', passwordHash: 'h' } }] })
  expect(create()).toEqual({ refused: 'conflict' })
  expect(room.place.state).toMatchObject({ owner: 'ana', hasPassword: true, notice: 'Welcome', createdAt: START })
  expect(JSON.stringify(room.place.state.toJSON())).not.toContain('"h"')
})

describe('ROOM-2: changes', () => {
  test('ROOM-2: one event holds all that differs, a notice is its own', () => {
    const room = given('ana')
    expect(
      change(room, 'ana', { name: 'Library', capacity: 10, tags: ['math'], locked: true, notice: 'Hi' }),
    ).toMatchObject({
      events: [
        { type: 'room.changed', data: { name: 'Library', tags: ['math'], locked: true } },
        { type: 'room.noticed', data: { text: 'Hi', by: 'ana', byName: 'ana' } },
      ],
    })
    expect([...room.place.state.tags]).toEqual(['math'])
    expect(change(room, 'ana', { name: 'Library', tags: ['math'], notice: 'Hi' })).toEqual({ refused: 'nothing_to_do' })
    expect(change(room, 'ana', {})).toEqual({ refused: 'nothing_to_do' })
  })

  test('ROOM-2: owner and moderators only, also while they are away', () => {
    const room = given('bo').given(moderator('mo'))
    expect(change(room, 'bo', { name: 'Mine' })).toEqual({ refused: 'forbidden' })
    expect(change(room, 'mo', { name: 'Ours' })).toHaveProperty('events')
    expect(change(room, 'ana', { name: 'Hers' })).toHaveProperty('events')
    expect(change(new Scenario(), 'ana', { name: 'None' })).toEqual({ refused: 'not_found' })
  })

  test('ROOM-3: the capacity is not lowered below those present', () => {
    const room = given('ana', 'bo', 'cy')
    expect(change(room, 'ana', { capacity: 2 })).toEqual({ refused: 'below_present', details: { present: 3 } })
    expect(change(room, 'ana', { capacity: 3 })).toMatchObject({ events: [{ data: { capacity: 3 } }] })
  })

  test('ROOM-4: a password is hashed outside the turn, for those who may set one; null removes it', async () => {
    const room = given('ana', 'bo')
    const hashed: string[] = []
    const deps = {
      randomSeed: () => 'seed',
      hashPassword: async (password: string) => {
        hashed.push(password)
        return `hash of ${password}`
      },
    }
    const turns = {
      place: room.place,
      now: () => room.now,
      live: async () => {},
      command: async <R>(decide: Parameters<typeof room.when<R>>[0]) => {
        const outcome = room.when(decide)
        return 'refused' in outcome ? outcome : outcome.reply
      },
    }
    expect(await changeRoom(turns, deps, who('bo'), { password: 'open sesame' })).toEqual({ refused: 'forbidden' })
    expect(hashed).toEqual([])
    expect(await changeRoom(turns, deps, ana, { password: 'open sesame' })).toEqual({})
    expect(room.place.state.hasPassword).toBe(true)
    expect(room.place.hidden.passwordHash).toBe('hash of open sesame')
    expect(await changeRoom(turns, deps, ana, { password: null })).toEqual({})
    expect(room.place.state.hasPassword).toBe(false)
    expect(await changeRoom(turns, deps, ana, { password: null })).toEqual({ refused: 'nothing_to_do' })
  })
})

describe('ROOM-5: endings', () => {
  test('ROOM-5: its owner ends a room for good, with everybody in it', () => {
    const room = given('ana', 'bo')
    const end = (by: string) => room.when((p, at) => decideEnd(p, by, at))
    expect(end('bo')).toEqual({ refused: 'forbidden' })
    expect(end('ana')).toMatchObject({
      events: [{ type: 'member.left' }, { type: 'member.left' }, { type: 'room.ended' }],
      after: [
        { do: 'close', userId: 'ana', code: closeCodes.ended },
        { do: 'tell', userId: 'bo', item: { kind: 'roomEnded', roomId: room.place.state.id } },
        { do: 'close', userId: 'bo', code: closeCodes.ended },
      ],
    })
    expect(end('ana')).toEqual({ refused: 'gone' })
    expect(change(room, 'ana', { name: 'Again' })).toEqual({ refused: 'gone' })
    expect(nextDueAt(room.place, room.now)).toBeNull()
  })

  test('ROOM-6: an open room ends a while after the last one has left', () => {
    const room = given('ana')
    expect(nextDueAt(room.place, room.now)).toBeGreaterThan(START + limits.emptyRoomGraceMs)
    room.after(5000).given(left('ana'))
    expect(nextDueAt(room.place, room.now)).toBe(room.now + limits.emptyRoomGraceMs)
    expect(room.after(limits.emptyRoomGraceMs - 1).when(decideDue)).toMatchObject({ events: [] })
    expect(room.after(1).when(decideDue)).toMatchObject({ events: [{ type: 'room.ended' }] })
    const join = room.when((p, at) =>
      decideJoin(p, { ...who('bo'), studiedMs: 0, dayEndsAt: START }, { passwordHash: null }, at),
    )
    expect(join).toEqual({ refused: 'gone' })
  })

  test('ROOM-6: whoever enters within the grace keeps it open; one that nobody ever enters ends too', () => {
    const room = given().after(30_000).given(joined('ana'))
    expect(room.after(60_000).when(decideDue)).toMatchObject({ events: [] })
    expect(given().after(60_000).when(decideDue)).toMatchObject({ events: [{ type: 'room.ended' }] })
  })

  test('ROOM-6: a room that stays sleeps instead, and nothing is due in it', () => {
    const room = new Scenario().given(roomCreated({ kind: 'staying' }), joined('ana'), left('ana'))
    expect(room.after(1e9).when(decideDue)).toMatchObject({ events: [] })
    expect(nextDueAt(room.place, room.now)).toBeNull()
  })
})

test('ROOM-7: the card shows seats, faces by entrance, who studies, and a timer only while one runs', () => {
  const room = given('ana', 'bo', 'cy', 'di', 'ed', 'fay').given(left('bo'), joined('bo'))
  room.given({ type: 'study.switched', data: { userId: 'di', on: true } })
  const card = cardOf(room.place, room.now)
  expect(roomCard.parse(card)).toEqual(card)
  expect(card).toMatchObject({ id: 'room1', members: 6, studying: 1, ownerName: 'Ana', timer: null })
  expect(card.faces.map((face) => face.userId)).toEqual(['ana', 'cy', 'di', 'ed', 'fay'])
  const run = { focusMs: 60_000, breakMs: 60_000, longBreakMs: 60_000, rounds: 1, autoRestart: false }
  room.given({ type: 'timer.set', data: { how: 'started', run: { ...run, anchor: room.now, pausedAt: 0 }, by: 'ana' } })
  expect(cardOf(room.place, room.now).timer).toEqual({ ...run, anchor: START, pausedAt: 0 })
  expect(cardOf(room.place, room.now + 120_000).timer).toBeNull()
})

test('ROOM-1: a place nothing has happened in has nothing due', () => {
  expect(nextDueAt(newStudyPlace('room1'), START)).toBeNull()
})
