import { describe, expect, test } from 'vitest'
import { closeCodes } from '#schemas/closeCodes.ts'
import { decideAdmit } from '../members/entry.rules.ts'
import { given, joined, left, moderator, type Scenario, START, who } from '../testing/given.ts'
import { decideBan, decideKick, decideLetBack, decideMute, decideWarn, records } from './moderation.rules.ts'

const warn = (room: Scenario, by: string, userId: string, reason = 'noise') =>
  room.when((p, at) => decideWarn(p, who(by), { userId, reason }, at))
const kick = (room: Scenario, by: string, userId: string) =>
  room.when((p, at) => decideKick(p, who(by), { userId, reason: 'spam' }, at))
const ban = (room: Scenario, by: string, userId: string, forMs?: number) =>
  room.when((p, at) => decideBan(p, who(by), { userId, reason: '', ...(forMs ? { forMs } : {}) }, at))
const letBack = (room: Scenario, by: string, userId: string) =>
  room.when((p, at) => decideLetBack(p, who(by), { userId }, at))
const mute = (room: Scenario, by: string, userId: string, on = true) =>
  room.when((p, at) => decideMute(p, who(by), { userId, on }, at))
const admit = (room: Scenario, userId: string) => decideAdmit(room.place, userId, { passwordHash: null }, room.at)

describe('MOD-1: warnings', () => {
  test('MOD-1: a warning counts and tells the member', () => {
    const room = given('ana', 'bo')
    expect(warn(room, 'ana', 'bo')).toMatchObject({
      events: [{ type: 'member.warned', data: { userId: 'bo', count: 1, reason: 'noise', by: 'ana' } }],
      reply: { warnings: 1, kicked: false },
      after: [{ do: 'tell', userId: 'bo', item: { kind: 'warned', count: 1 } }],
    })
  })

  test('MOD-1: the counter survives re-entry, and the third warning kicks', () => {
    const room = given('ana', 'bo')
    warn(room, 'ana', 'bo')
    warn(room, 'ana', 'bo')
    room.given(left('bo'), joined('bo'))
    expect(warn(room, 'ana', 'bo')).toMatchObject({
      events: [
        { type: 'member.warned', data: { count: 3 } },
        { type: 'member.removed', data: { kind: 'kicked', until: null } },
        { type: 'member.left', data: { how: 'kicked' } },
      ],
      reply: { warnings: 3, kicked: true },
      after: [{ do: 'tell' }, { do: 'tell' }, { do: 'close', code: closeCodes.kicked }],
    })
    expect(admit(room, 'bo')).toMatchObject({ refused: 'kicked' })
  })

  test('MOD-1: who is let back starts with no warning', () => {
    const room = given('ana', 'bo')
    for (let i = 0; i < 3; i++) warn(room, 'ana', 'bo')
    letBack(room, 'ana', 'bo')
    expect(admit(room, 'bo')).toBe('ok')
    expect(warn(room.given(joined('bo')), 'ana', 'bo')).toMatchObject({ reply: { warnings: 1, kicked: false } })
  })
})

describe('MOD-2: removal', () => {
  test('MOD-2: a kick removes, ends the study interval, tells and closes', () => {
    const room = given('ana', 'bo').given({
      type: 'study.opened',
      data: { userId: 'bo', intervalId: 'i', from: START },
    })
    expect(kick(room, 'ana', 'bo')).toMatchObject({
      events: [{ type: 'member.removed' }, { type: 'study.closed' }, { type: 'member.left', data: { how: 'kicked' } }],
      after: [
        { do: 'tell', item: { kind: 'removed', how: 'kicked', reason: 'spam' } },
        { do: 'close', userId: 'bo', code: closeCodes.kicked },
      ],
    })
    expect(room.place.state.members.has('bo')).toBe(false)
    expect(admit(room, 'bo')).toMatchObject({ refused: 'kicked', details: { reason: 'spam' } })
  })

  test('MOD-2: a ban with a time ends by itself, one without does not', () => {
    const room = given('ana', 'bo', 'cy')
    expect(ban(room, 'ana', 'bo', 60_000)).toMatchObject({ after: [{}, { do: 'close', code: closeCodes.banned }] })
    ban(room, 'ana', 'cy')
    expect(admit(room.after(59_999), 'bo')).toMatchObject({ refused: 'banned', details: { until: START + 60_000 } })
    expect(admit(room.after(1), 'bo')).toBe('ok')
    expect(admit(room.after(1e12), 'cy')).toMatchObject({ refused: 'banned' })
  })

  test('MOD-2: a removed moderator is none any more', () => {
    const room = given('ana', 'bo').given(moderator('bo'))
    kick(room, 'ana', 'bo')
    letBack(room, 'ana', 'bo')
    expect(room.given(joined('bo')).place.state.members.get('bo')?.role).toBe('member')
  })

  test('MOD-2: letting back is for owner and moderators, and for those who are out', () => {
    const room = given('ana', 'bo', 'cy')
    expect(letBack(room, 'ana', 'cy')).toEqual({ refused: 'nothing_to_do' })
    kick(room, 'ana', 'cy')
    expect(letBack(room, 'bo', 'cy')).toEqual({ refused: 'forbidden' })
    expect(letBack(room, 'ana', 'cy')).toMatchObject({ events: [{ type: 'member.letBack', data: { by: 'ana' } }] })
  })
})

describe('MOD-3: targets', () => {
  const acts = { warn, kick, ban, mute }
  test.each(Object.entries(acts))('MOD-3: %s: not the owner, absentees, oneself, nor by members', (_name, act) => {
    const room = given('ana', 'mo', 'bo').given(moderator('mo'), moderator('mu'), joined('mu'))
    expect(act(room, 'bo', 'mo')).toEqual({ refused: 'forbidden' })
    expect(act(room, 'mo', 'ana')).toEqual({ refused: 'is_owner' })
    expect(act(room, 'mo', 'mo')).toEqual({ refused: 'is_self' })
    expect(act(room, 'mo', 'eve')).toEqual({ refused: 'not_present' })
    expect(act(room, 'mo', 'mu')).toEqual({ refused: 'forbidden' })
    expect(act(room, 'ana', 'mu')).toHaveProperty('events')
    expect(act(room, 'mo', 'bo')).toHaveProperty('events')
    expect(act(room.given(left('mo')), 'mo', 'bo')).toEqual({ refused: 'forbidden' })
  })
})

test('MOD-4: a mute is shown, is told once and survives re-entry', () => {
  const room = given('ana', 'bo')
  mute(room, 'ana', 'bo')
  expect(mute(room, 'ana', 'bo')).toMatchObject({ events: [] })
  expect(room.given(left('bo'), joined('bo')).place.state.members.get('bo')?.muted).toBe(true)
  mute(room, 'ana', 'bo', false)
  expect(room.place.state.members.get('bo')?.muted).toBe(false)
})

test('MOD-5: owner and moderators see who is out now and who has warnings', () => {
  const room = given('ana', 'bo', 'cy')
  warn(room, 'ana', 'bo')
  ban(room, 'ana', 'cy', 60_000)
  expect(records(room.place, who('bo'), room.at)).toEqual({ refused: 'forbidden' })
  expect(records(room.place, who('ana'), room.at)).toEqual({
    removed: [{ userId: 'cy', name: 'Cy', kind: 'banned', until: START + 60_000, reason: '' }],
    warnings: [{ userId: 'bo', name: 'Bo', count: 1 }],
  })
  expect(records(room.place, who('ana'), room.after(60_000).at)).toMatchObject({ removed: [] })
})
