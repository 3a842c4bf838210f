import { expect, test } from 'vitest'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import { decideMute } from '../moderation/moderation.rules.ts'
import { given, moderator, muted, type Scenario, who } from '../testing/given.ts'
import {
  decideClaim,
  decideHandOver,
  decideRelease,
  decideRequest,
  decideTakeOver,
  releaseOnLeave,
} from './screen.rules.ts'

const claimed = (userId: string): NewEvent => ({ type: 'screen.claimed', data: { userId, how: 'claimed' } })
const asked = (userId: string): NewEvent => ({ type: 'screen.requested', data: { userId, on: true } })

const claim = (room: Scenario, by: string) => room.when((place, at) => decideClaim(place, who(by), {}, at))
const release = (room: Scenario, by: string) => room.when((place, at) => decideRelease(place, who(by), {}, at))
const request = (room: Scenario, by: string, on = true) =>
  room.when((place, at) => decideRequest(place, who(by), { on }, at))
const handOver = (room: Scenario, by: string, userId: string) =>
  room.when((place, at) => decideHandOver(place, who(by), { userId }, at))
const takeOver = (room: Scenario, by: string) => room.when((place, at) => decideTakeOver(place, who(by), {}, at))
const screen = (room: Scenario) => room.place.state.screen.toJSON()

test('SCREEN-1: a free screen is claimed; a taken one is refused and its owner named', () => {
  const room = given('ana', 'ben')
  claim(room, 'ben')
  expect(screen(room)).toEqual({ owner: 'ben', since: room.now, requests: [] })
  expect(claim(room, 'ana')).toEqual({ refused: 'screen_taken', details: { owner: 'ben' } })
  expect(claim(room, 'ben')).toMatchObject({ events: [] })
  expect(claim(room, 'dee')).toEqual({ refused: 'not_present' })
})

test('SCREEN-2: only its owner releases the screen', () => {
  const room = given('ana', 'ben').given(claimed('ben'))
  expect(release(room, 'ana')).toEqual({ refused: 'forbidden' })
  release(room, 'ben')
  expect(screen(room)).toMatchObject({ owner: '', since: 0 })
  expect(release(room, 'ben')).toMatchObject({ events: [] })
})

test('SCREEN-3: a request is listed once, told to the owner, and can be taken back', () => {
  const room = given('ana', 'ben').given(claimed('ana'))
  expect(request(room, 'ben')).toMatchObject({
    after: [{ do: 'tell', userId: 'ana', item: { kind: 'screenAsked', roomId: 'room1', by: 'ben', byName: 'Ben' } }],
  })
  expect(request(room, 'ben')).toMatchObject({ events: [], after: [] })
  expect(screen(room).requests).toEqual(['ben'])
  request(room, 'ben', false)
  expect(screen(room).requests).toEqual([])
})

test('SCREEN-3: a free screen is not asked for, nor is one’s own', () => {
  const room = given('ana', 'ben')
  expect(request(room, 'ben')).toEqual({ refused: 'nothing_to_do' })
  room.given(claimed('ben'))
  expect(request(room, 'ben')).toEqual({ refused: 'is_owner' })
})

test('SCREEN-4: the owner hands the screen to someone present, whose request is gone', () => {
  const room = given('ana', 'ben', 'cho').given(claimed('ana'), asked('cho'), asked('ben'))
  expect(handOver(room, 'ben', 'ben')).toEqual({ refused: 'forbidden' })
  expect(handOver(room, 'ana', 'ana')).toEqual({ refused: 'is_self' })
  expect(handOver(room, 'ana', 'dee')).toEqual({ refused: 'not_present' })
  handOver(room, 'ana', 'ben')
  expect(screen(room)).toMatchObject({ owner: 'ben', requests: ['cho'] })
})

test('SCREEN-5: owner and moderators of the room take the screen over, members do not', () => {
  const room = given('ana', 'ben', 'cho').given(moderator('ben'), claimed('cho'))
  expect(takeOver(room, 'ben')).toMatchObject({ events: [{ data: { userId: 'ben', how: 'takenOver' } }] })
  expect(takeOver(room, 'cho')).toEqual({ refused: 'forbidden' })
  takeOver(room, 'ana')
  expect(screen(room).owner).toBe('ana')
})

test('SCREEN-6: a muted member neither claims nor asks nor is handed the screen', () => {
  const room = given('ana', 'ben').given(muted('ben'))
  expect(claim(room, 'ben')).toEqual({ refused: 'muted' })
  room.given(claimed('ana'))
  expect(request(room, 'ben')).toEqual({ refused: 'muted' })
  expect(handOver(room, 'ana', 'ben')).toEqual({ refused: 'muted' })
})

test('SCREEN-7: who leaves frees the screen and takes his request along', () => {
  const room = given('ana', 'ben', 'cho').given(claimed('ana'), asked('ben'))
  expect(releaseOnLeave(room.place, 'ana')).toEqual([{ type: 'screen.released', data: { userId: 'ana' } }])
  expect(releaseOnLeave(room.place, 'ben')).toEqual([{ type: 'screen.requested', data: { userId: 'ben', on: false } }])
  expect(releaseOnLeave(room.place, 'cho')).toEqual([])
})

test('SCREEN-6: muting the one who shows frees the screen', () => {
  const room = given('ana', 'ben').given(claimed('ben'))
  room.when((place, at) => decideMute(place, who('ana'), { userId: 'ben', on: true }, at))
  expect(screen(room).owner).toBe('')
})
