import { describe, expect, test } from 'vitest'
import { stageAt } from '#schemas/stage/stage.ts'
import { decideDelete, decideEdit } from '../chat/change.rules.ts'
import { decideSend } from '../chat/chat.rules.ts'
import { decideTyping } from '../chat/typing.ts'
import { decideChange, type HashedChange } from '../room/room.rules.ts'
import { restore, snapshotOf } from '../snapshot.ts'
import { given, joined, left, moderator, muted, Scenario, START, who } from '../testing/given.ts'
import { decidePause, decideSkip, decideStart } from '../timer/timer.rules.ts'

const MIN = 60_000
const plan = { focusMs: 25 * MIN, breakMs: 5 * MIN, longBreakMs: 15 * MIN, rounds: 4, autoRestart: true }
const ana = { userId: 'ana', name: 'Ana' }

/** Ana owns, bo and cy sit with her; 25 minutes of focus begin now. */
function focused(stage: HashedChange['stage']): Scenario {
  const room = given('ana', 'bo', 'cy')
  room.when((p, at) => decideChange(p, ana, { stage }, at))
  room.when((p, at) => decideStart(p, 'ana', plan, at))
  return room
}
const say = (room: Scenario, by: string, n: number) =>
  room.when((p, at) => decideSend(p, who(by), { outbox: 'o', n, text: `words ${n}`, mentions: [] }, at))

describe('STAGE-1: who chooses', () => {
  test('STAGE-1: owner and moderators set it, whole or in part; it is in the state and survives a snapshot', () => {
    const room = given('ana', 'bo')
    const change = (by: string, stage: HashedChange['stage']) =>
      room.when((p, at) => decideChange(p, { userId: by, name: by }, { stage }, at))
    expect(change('bo', { chat: 'held' })).toEqual({ refused: 'forbidden' })
    room.given(moderator('bo'))
    expect(change('bo', { chat: 'held' })).toMatchObject({ events: [{ type: 'stage.set', data: { by: 'bo' } }] })
    expect(change('ana', { quiet: true })).toMatchObject({ events: [{ data: { chat: 'held', quiet: true } }] })
    expect(change('ana', { quiet: true })).toEqual({ refused: 'nothing_to_do' })
    expect(restore(snapshotOf(room.place)).state.stage.toJSON()).toEqual({ chat: 'held', slowMs: 30_000, quiet: true })
  })

  test('STAGE-1: a snapshot from before there was a stage has an open one', () => {
    const kept = JSON.parse(snapshotOf(given('ana').place))
    for (const name of ['stage', 'attest']) delete kept.state[name]
    for (const name of ['lastSaid', 'attestSeed', 'attests']) delete kept.hidden[name]
    const { state, hidden } = restore(JSON.stringify(kept))
    expect(state.stage.toJSON()).toEqual({ chat: 'open', slowMs: 30_000, quiet: false })
    expect(state.attest.on).toBe(false)
    expect(hidden.lastSaid.size).toBe(0)
  })
})

describe('STAGE-2: only a focus that runs closes anything', () => {
  const policy = { chat: 'held', slowMs: 30_000, quiet: true } as const
  const run = { ...plan, anchor: START, pausedAt: 0 }
  test.each([
    ['focus', run, START + MIN, { chat: 'held', quiet: true, opensAt: START + 25 * MIN }],
    ['break', run, START + 26 * MIN, { chat: 'open', quiet: false, opensAt: null }],
    ['second focus', run, START + 31 * MIN, { chat: 'held', quiet: true, opensAt: START + 55 * MIN }],
    ['paused', { ...run, pausedAt: START + MIN }, START + 2 * MIN, { chat: 'open', quiet: false, opensAt: null }],
    ['no timer', { ...run, anchor: 0 }, START + MIN, { chat: 'open', quiet: false, opensAt: null }],
  ])('STAGE-2: %s', (_, at, now, stage) => expect(stageAt(policy, at, now)).toEqual(stage))
})

describe('STAGE-3: held chat', () => {
  test('STAGE-3: is refused with the moment it opens, and the same n goes through at the break', () => {
    const room = focused({ chat: 'held' })
    room.after(10 * MIN)
    expect(say(room, 'bo', 1)).toEqual({
      refused: 'held',
      details: { opensAt: START + 25 * MIN, retryAfterMs: 15 * MIN },
    })
    expect(room.place.state.chatHead).toBe(0)
    room.after(15 * MIN)
    expect(say(room, 'bo', 1)).toMatchObject({ reply: { number: 1 } })
    expect(say(room, 'bo', 2)).toMatchObject({ reply: { number: 2 } })
  })

  test('STAGE-3: a repeat is answered with its number also while chat is held', () => {
    const room = given('ana', 'bo')
    room.when((p, at) => decideChange(p, ana, { stage: { chat: 'held' } }, at))
    say(room, 'bo', 1)
    room.when((p, at) => decideStart(p, 'ana', plan, at))
    expect(say(room, 'bo', 1)).toMatchObject({ events: [], reply: { number: 1, at: START } })
  })

  test('STAGE-3: a skip and a pause open it at once', () => {
    const skipped = focused({ chat: 'held' })
    skipped.when((p, at) => decideSkip(p, 'ana', 0, at))
    expect(say(skipped, 'bo', 1)).toMatchObject({ reply: { number: 1 } })
    const paused = focused({ chat: 'held' })
    paused.when((p, at) => decidePause(p, 'ana', at))
    expect(say(paused, 'bo', 1)).toMatchObject({ reply: { number: 1 } })
  })

  test('STAGE-3: new wording and typing wait as well; deleting one’s own does not; mute comes first', () => {
    const room = given('ana', 'bo')
    room.when((p, at) => decideChange(p, ana, { stage: { chat: 'held' } }, at))
    say(room, 'bo', 1)
    room.when((p, at) => decideStart(p, 'ana', plan, at))
    expect(room.when((p, at) => decideEdit(p, who('bo'), { number: 1, text: 'other' }, at, null))).toMatchObject({
      refused: 'held',
    })
    expect(decideTyping(room.place, who('bo'), { on: true }, room.at)).toEqual({ refused: 'held' })
    expect(room.when((p, at) => decideDelete(p, who('bo'), { number: 1 }, at, null))).toMatchObject({ reply: {} })
    room.given(muted('bo'))
    expect(say(room, 'bo', 2)).toEqual({ refused: 'muted' })
  })
})

describe('STAGE-4: slow chat', () => {
  test('STAGE-4: one message per member and time; others are not concerned; the break ends it', () => {
    const room = focused({ chat: 'slow', slowMs: 60_000 })
    expect(say(room, 'bo', 1)).toMatchObject({ reply: { number: 1 } })
    room.after(20_000)
    expect(say(room, 'bo', 2)).toEqual({
      refused: 'slow',
      details: { opensAt: START + 60_000, retryAfterMs: 40_000 },
    })
    expect(say(room, 'cy', 1)).toMatchObject({ reply: { number: 2 } })
    room.after(40_000)
    expect(say(room, 'bo', 2)).toMatchObject({ reply: { number: 3 } })
    room.now = START + 25 * MIN - 10_000
    expect(say(room, 'bo', 3)).toMatchObject({ reply: { number: 4 } })
    expect(say(room, 'bo', 4)).toMatchObject({ details: { opensAt: START + 25 * MIN } })
    room.now = START + 25 * MIN
    expect(say(room, 'bo', 4)).toMatchObject({ reply: { number: 5 } })
    expect(say(room, 'bo', 5)).toMatchObject({ reply: { number: 6 } })
  })

  test('STAGE-4: leaving and coming back is no way round it, nor is a restart of the room', () => {
    const room = focused({ chat: 'slow', slowMs: 60_000 })
    say(room, 'bo', 1)
    room.given(left('bo'), joined('bo'))
    expect(say(room, 'bo', 2)).toMatchObject({ refused: 'slow' })
    const again = new Scenario(restore(snapshotOf(room.place)))
    expect(say(again, 'bo', 2)).toMatchObject({ refused: 'slow' })
  })
})

test('STAGE-5: owner and moderators may speak at any time', () => {
  const held = focused({ chat: 'held' })
  held.given(moderator('cy'))
  expect(say(held, 'ana', 1)).toMatchObject({ reply: { number: 1 } })
  expect(say(held, 'cy', 1)).toMatchObject({ reply: { number: 2 } })
  const slow = focused({ chat: 'slow' })
  expect(say(slow, 'ana', 1)).toMatchObject({ reply: { number: 1 } })
  expect(say(slow, 'ana', 2)).toMatchObject({ reply: { number: 2 } })
})
