import { expect, test } from 'vitest'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'
import type { Scenario } from '../testing/given.ts'
import { given, left, moderator, who } from '../testing/given.ts'
import { decideLower, decideRaise, lowerOnLeave } from './hands.rules.ts'

const raised = (userId: string, topic = ''): NewEvent => ({
  type: 'hand.raised',
  data: { userId, name: userId, topic },
})
const queue = (room: Scenario) => room.place.state.hands.map((hand) => hand.userId)

test('HAND-1: a hand goes to the end of the queue, with its topic', () => {
  const room = given('ana', 'ben').given(raised('ana'))
  room.after(10).when((place, at) => decideRaise(place, who('ben'), { topic: 'limits' }, at))
  expect(queue(room)).toEqual(['ana', 'ben'])
  expect(room.place.state.hands[1]?.toJSON()).toEqual({ userId: 'ben', name: 'Ben', topic: 'limits', at: room.now })
})

test('HAND-1: raising again keeps the place in the queue', () => {
  const room = given('ana', 'ben').given(raised('ana'), raised('ben'))
  expect(room.when((place, at) => decideRaise(place, who('ana'), { topic: 'other' }, at))).toMatchObject({ events: [] })
  expect(queue(room)).toEqual(['ana', 'ben'])
})

test('HAND-1: who is not here raises nothing', () => {
  const room = given('ana')
  expect(room.when((place, at) => decideRaise(place, who('ben'), { topic: '' }, at))).toEqual({
    refused: 'not_present',
  })
})

test('HAND-2: one lowers his own hand, and lowering again changes nothing', () => {
  const room = given('ana', 'ben').given(raised('ben'))
  const lower = () => room.when((place, at) => decideLower(place, who('ben'), {}, at))
  expect(lower()).toMatchObject({ events: [{ type: 'hand.lowered', data: { userId: 'ben' } }] })
  expect(lower()).toMatchObject({ events: [] })
  expect(queue(room)).toEqual([])
})

test('HAND-2: moderators lower anybody, members do not', () => {
  const room = given('ana', 'ben', 'cho').given(moderator('ben'), raised('ana'), raised('cho'))
  const lower = (by: string, userId: string) => room.when((place, at) => decideLower(place, who(by), { userId }, at))
  expect(lower('cho', 'ana')).toEqual({ refused: 'forbidden' })
  lower('ben', 'ana')
  expect(queue(room)).toEqual(['cho'])
  lower('ana', 'cho')
  expect(queue(room)).toEqual([])
})

test('HAND-2: a moderator who is away lowers nobody', () => {
  const room = given('ana', 'ben').given(moderator('ben'), raised('ana'), left('ben'))
  expect(room.when((place, at) => decideLower(place, who('ben'), { userId: 'ana' }, at))).toEqual({
    refused: 'not_present',
  })
})

test('HAND-3: who leaves is lowered, who has no hand up is not', () => {
  const room = given('ana', 'ben').given(raised('ben'))
  expect(lowerOnLeave(room.place, 'ben')).toEqual([{ type: 'hand.lowered', data: { userId: 'ben' } }])
  expect(lowerOnLeave(room.place, 'ana')).toEqual([])
})

test('HAND-4: a full queue takes no more', () => {
  const room = given('ana').given(...Array.from({ length: limits.handQueue }, (_, i) => raised(`u${i}`)))
  expect(room.when((place, at) => decideRaise(place, who('ana'), { topic: '' }, at))).toEqual({ refused: 'full' })
})
