import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { decideDue, nextDueAt } from '../room/due.rules.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { given, joined, left, moderator, roomCreated, Scenario, START, who } from '../testing/given.ts'
import { decideAdmit, decideJoin } from './entry.rules.ts'
import { decideDelegate, decideLeave, decideModerator, decideStatus } from './members.rules.ts'
import { markConnected, markDropped, markReturning } from './presence.ts'

const none = { passwordHash: null }
const joiner = (userId: string, session = `s-${userId}`) => ({
  ...who(userId),
  session,
  studiedMs: 0,
  dayEndsAt: START + 43_200_000,
})
const join = (room: Scenario, userId: string, session?: string, admission: { passwordHash: string | null } = none) =>
  room.when((p, at) => decideJoin(p, joiner(userId, session), admission, at))
const leave = (room: Scenario, userId: string, session = `s-${userId}`) =>
  room.when((p, at) => decideLeave(p, userId, session, 'left', at))
const admit = (room: Scenario, userId: string, admission: { passwordHash: string | null } = none) =>
  decideAdmit(room.place, userId, admission, room.at)
const removed = (userId: string, kind: 'kicked' | 'banned', until: number | null = null) => ({
  type: 'member.removed' as const,
  data: { userId, name: userId, kind, until, reason: '', by: 'ana' },
})
const member = (place: StudyPlace, userId: string) => place.state.members.get(userId)

describe('MEMBER-1: the reason told is the true one', () => {
  test('MEMBER-1: banned before locked before password before full', () => {
    const room = new Scenario().given(roomCreated({ capacity: 2, passwordHash: 'h' }), joined('bo'), joined('cy'))
    expect(admit(room, 'di')).toBe('password')
    expect(admit(room, 'di', { passwordHash: 'h' })).toMatchObject({ refused: 'full' })
    room.given({ type: 'room.changed', data: { locked: true } })
    expect(admit(room, 'di')).toEqual({ refused: 'locked' })
    room.given(removed('di', 'banned', START + 1000))
    expect(admit(room, 'di', { passwordHash: 'h' })).toMatchObject({ refused: 'banned' })
    expect(admit(room.after(1000), 'di')).toEqual({ refused: 'locked' })
    room.given({ type: 'room.ended', data: {} })
    expect(admit(room, 'di')).toEqual({ refused: 'gone' })
  })

  test('MEMBER-1: a room that was never created is not found', () => {
    expect(admit(new Scenario(), 'ana')).toEqual({ refused: 'not_found' })
  })

  test('MEMBER-2: a password that changed after it was proven is refused at the join', () => {
    const room = new Scenario().given(roomCreated({ passwordHash: 'new' }))
    expect(join(room, 'bo', undefined, { passwordHash: 'old' })).toEqual({ refused: 'password_required' })
    expect(join(room, 'bo', undefined, { passwordHash: 'new' })).toMatchObject({ events: [{ type: 'member.joined' }] })
  })

  test('MEMBER-2: lock and password stop neither owner nor moderators, nor those who are listed', () => {
    const room = new Scenario().given(roomCreated({ passwordHash: 'h' }), moderator('mo'), joined('bo'))
    room.given({ type: 'room.changed', data: { locked: true } })
    for (const userId of ['ana', 'mo', 'bo']) expect(admit(room, userId)).toBe('ok')
  })
})

describe('MEMBER-3: one seat per user', () => {
  test('MEMBER-3: a newer session replaces the older and keeps seat, role, entrance, total and switch', () => {
    const room = given('ana', 'bo').given(moderator('bo'), { type: 'study.switched', data: { userId: 'bo', on: true } })
    room.after(5000)
    expect(join(room, 'bo', 's2')).toMatchObject({
      events: [{ type: 'study.opened' }, { type: 'member.joined', data: { session: 's2', again: true } }],
    })
    expect(room.place.state.members.size).toBe(2)
    expect(member(room.place, 'bo')).toMatchObject({ entrance: 2, role: 'moderator', studying: true, enteredAt: START })
  })

  test('MEMBER-3: the stale close of the older session evicts nobody', () => {
    const room = given('ana', 'bo')
    join(room, 'bo', 's2')
    expect(leave(room, 'bo', 's-bo')).toMatchObject({ events: [] })
    expect(leave(room, 'bo', 's2')).toMatchObject({ events: [{ type: 'member.left' }] })
    expect(leave(room, 'bo', 's2')).toMatchObject({ events: [] })
  })

  test('MEMBER-3: a returning member gets his seat in a full room', () => {
    const room = new Scenario().given(roomCreated({ capacity: 2 }), joined('ana'), joined('bo'))
    markReturning(room.place, room.now)
    expect(join(room, 'cy')).toMatchObject({ refused: 'full' })
    expect(join(room, 'bo', 's2')).toMatchObject({ events: [{ type: 'member.joined' }] })
    expect(member(room.place, 'bo')?.connected).toBe(true)
  })
})

describe('MEMBER-4: capacity is exact', () => {
  test('MEMBER-4: 200 joins into 10 seats: exactly 10', () => {
    const room = given()
    const outcomes = Array.from({ length: 200 }, (_, i) => join(room, `u${i}`))
    expect(outcomes.filter((outcome) => !isRefusal(outcome))).toHaveLength(10)
    expect(outcomes.filter((outcome) => isRefusal(outcome) && outcome.refused === 'full')).toHaveLength(190)
    expect(room.place.state.members.size).toBe(10)
  })
})

describe('MEMBER-5: succession', () => {
  test('MEMBER-5: the owner of an open room leaves: the earliest entrant present becomes owner, once', () => {
    const room = given('ana', 'bo', 'cy').given(left('bo'))
    join(room, 'bo')
    expect(leave(room, 'ana')).toMatchObject({
      events: [
        { type: 'member.left', data: { userId: 'ana' } },
        { type: 'room.ownerChanged', data: { owner: 'cy', ownerName: 'Cy', how: 'succession' } },
      ],
    })
    expect(member(room.place, 'cy')?.role).toBe('owner')
  })

  test('MEMBER-5: who is connected goes before who is only returning', () => {
    const room = given('ana', 'bo', 'cy')
    markDropped(room.place, 'bo', 's-bo', room.now, room.now)
    leave(room, 'ana')
    expect(room.place.state.owner).toBe('cy')
  })

  test('MEMBER-5: rooms that stay keep their absent owner', () => {
    const room = new Scenario().given(roomCreated({ kind: 'staying' }), joined('ana'), joined('bo'))
    expect(leave(room, 'ana')).toMatchObject({ events: [{ type: 'member.left' }] })
    expect(room.place.state.owner).toBe('ana')
    join(room, 'ana')
    expect(member(room.place, 'ana')?.role).toBe('owner')
  })

  test('MEMBER-5: who enters an open room that its owner was the last to leave becomes owner', () => {
    const room = given('ana')
    leave(room, 'ana')
    expect(join(room, 'bo')).toMatchObject({ events: [{ type: 'member.joined' }, { type: 'room.ownerChanged' }] })
  })

  test('MEMBER-5: the creator stays owner when somebody enters before him', () => {
    const room = given()
    expect(join(room, 'bo')).toMatchObject({ events: [{ type: 'member.joined' }] })
    expect(room.place.state.owner).toBe('ana')
  })
})

describe('MEMBER-6: leaving takes everything along', () => {
  test('MEMBER-6: hand, screen and study interval end before the seat is free', () => {
    const room = given('ana', 'bo').given(
      { type: 'hand.raised', data: { userId: 'bo', name: 'Bo', topic: '' } },
      { type: 'screen.claimed', data: { userId: 'bo', how: 'claimed' } },
      { type: 'study.switched', data: { userId: 'bo', on: true } },
      { type: 'study.opened', data: { userId: 'bo', intervalId: 'i', from: START } },
    )
    const outcome = leave(room.after(1000), 'bo')
    expect('events' in outcome && outcome.events.map((event) => event.type)).toEqual([
      'study.closed',
      'hand.lowered',
      'screen.released',
      'member.left',
    ])
  })
})

describe('MEMBER-7: a lost socket keeps its seat for a while', () => {
  test('MEMBER-7: not back in time, the member has left, and the owner is succeeded', () => {
    const room = given('ana', 'bo')
    markDropped(room.place, 'ana', 's-ana', room.now, room.now)
    expect(nextDueAt(room.place, room.now)).toBe(START + limits.reconnectSeconds * 1000)
    expect(room.after(limits.reconnectSeconds * 1000 - 1).when(decideDue)).toMatchObject({ events: [] })
    expect(room.after(1).when(decideDue)).toMatchObject({
      events: [
        { type: 'member.left', data: { userId: 'ana', how: 'dropped' } },
        { type: 'room.ownerChanged', data: { owner: 'bo' } },
      ],
    })
  })

  test('MEMBER-7: back in time, nothing has happened; a stale session can neither drop nor connect', () => {
    const room = given('ana')
    markDropped(room.place, 'ana', 'old', room.now, room.now)
    expect(member(room.place, 'ana')?.connected).toBe(true)
    markDropped(room.place, 'ana', 's-ana', room.now, room.now)
    markConnected(room.place, 'ana', 'old', room.now)
    expect(member(room.place, 'ana')?.connected).toBe(false)
    markConnected(room.place, 'ana', 's-ana', room.now)
    expect(room.after(60_000).when(decideDue)).toMatchObject({ events: [] })
  })

  test('MEMBER-7: after a restore all who were listed have 30 s, several overdue make one owner', () => {
    const room = given('ana', 'bo', 'cy')
    markReturning(room.place, room.now)
    join(room, 'cy', 's2')
    const outcome = room.after(limits.returningMs).when(decideDue)
    expect('events' in outcome && outcome.events.map((event) => event.type)).toEqual([
      'member.left',
      'member.left',
      'room.ownerChanged',
    ])
    expect(room.place.state.owner).toBe('cy')
  })
})

describe('MEMBER-8: states and roles', () => {
  test('MEMBER-8: a status is told once', () => {
    const room = given('ana')
    expect(room.when((p, at) => decideStatus(p, 'ana', 'away', at))).toMatchObject({
      events: [{ data: { status: 'away' } }],
    })
    expect(room.when((p, at) => decideStatus(p, 'ana', 'away', at))).toMatchObject({ events: [] })
  })

  test('MEMBER-8: only the owner makes moderators, and they stay it when they leave', () => {
    const room = given('ana', 'bo')
    const set = (by: string, userId: string, on: boolean) =>
      room.when((p, at) => decideModerator(p, by, userId, on, at))
    expect(set('bo', 'bo', true)).toEqual({ refused: 'forbidden' })
    expect(set('ana', 'ana', true)).toEqual({ refused: 'is_owner' })
    expect(set('ana', 'eve', true)).toEqual({ refused: 'not_present' })
    set('ana', 'bo', true)
    leave(room, 'bo')
    join(room, 'bo')
    expect(member(room.place, 'bo')?.role).toBe('moderator')
  })

  test('MEMBER-9: the owner delegates to somebody present, and there is one owner', () => {
    const room = given('ana', 'bo').given(moderator('bo'))
    const delegate = (by: string, userId: string) => room.when((p, at) => decideDelegate(p, by, userId, at))
    expect(delegate('bo', 'bo')).toEqual({ refused: 'forbidden' })
    expect(delegate('ana', 'eve')).toEqual({ refused: 'not_present' })
    expect(delegate('ana', 'ana')).toEqual({ refused: 'is_self' })
    delegate('ana', 'bo')
    expect([...room.place.state.members.values()].map((m) => m.role)).toEqual(['member', 'owner'])
    expect(room.place.hidden.moderators.has('bo')).toBe(false)
  })
})

test('MEMBER-4 MEMBER-5: any sequence keeps capacity and, in an open room, exactly one owner', () => {
  const user = fc.constantFrom('ana', 'bo', 'cy', 'di', 'ed')
  const step = fc.record({ do: fc.constantFrom('join', 'leave', 'drop', 'delegate', 'wait'), user, other: user })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const room = new Scenario().given(roomCreated({ capacity: 3 }), joined('ana'))
      for (const [i, { do: what, user, other }] of steps.entries()) {
        const { state, hidden } = room.place
        const session = hidden.sessions.get(user) ?? ''
        if (what === 'join') join(room, user, `s${i}`)
        if (what === 'leave') leave(room, user, session)
        if (what === 'drop') markDropped(room.place, user, session, room.now, room.now)
        if (what === 'delegate') room.when((p, at) => decideDelegate(p, user, other, at))
        if (what === 'wait') room.after(9000)
        room.when(decideDue)
        expect(state.members.size).toBeLessThanOrEqual(3)
        const owners = [...state.members.values()].filter((m) => m.role === 'owner').map((m) => m.userId)
        expect(owners).toEqual(state.members.size === 0 ? [] : [state.owner])
        expect([...hidden.sessions.keys()].sort()).toEqual([...state.members.keys()].sort())
      }
    }),
  )
})
