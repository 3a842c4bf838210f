import { describe, expect, test } from 'vitest'
import { phaseAt } from '#schemas/timer/phases.ts'
import { decideDue, nextDueAt } from '../room/due.rules.ts'
import { given, joined, left, moderator, roomCreated, Scenario, START } from '../testing/given.ts'
import { runOf } from './run.ts'
import { decidePause, decidePlan, decideResume, decideSkip, decideStart, decideStop } from './timer.rules.ts'

const MIN = 60_000
const plan = { focusMs: 25 * MIN, breakMs: 5 * MIN, longBreakMs: 15 * MIN, rounds: 2, autoRestart: true }
const start = (room: Scenario, by = 'ana', with_: typeof plan | undefined = plan) =>
  room.when((p, at) => decideStart(p, by, with_, at))
const pause = (room: Scenario, by = 'ana') => room.when((p, at) => decidePause(p, by, at))
const resume = (room: Scenario, by = 'ana') => room.when((p, at) => decideResume(p, by, at))
const skip = (room: Scenario, index: number, by = 'ana') => room.when((p, at) => decideSkip(p, by, index, at))
const stop = (room: Scenario, by = 'ana') => room.when((p, at) => decideStop(p, by, at))
const phase = (room: Scenario) => phaseAt(runOf(room.place), room.now)

test('TIMER-4: a start begins phase 0 now, with the plan given, else the one of the room', () => {
  const room = given('ana')
  expect(start(room)).toMatchObject({
    events: [{ type: 'timer.set', data: { how: 'started', by: 'ana', run: { ...plan, anchor: START, pausedAt: 0 } } }],
  })
  room.after(MIN)
  expect(start(room)).toEqual({ refused: 'already_running' })
  stop(room)
  start(room, 'ana', undefined)
  expect(runOf(room.place)).toEqual({ ...plan, anchor: START + MIN, pausedAt: 0 })
})

test('TIMER-3: a pause stops the phase, and what was left of it is left after going on', () => {
  const room = given('ana')
  start(room)
  expect(pause(room.after(10 * MIN))).toMatchObject({ events: [{ data: { how: 'paused' } }] })
  expect(pause(room)).toEqual({ refused: 'nothing_to_do' })
  expect(start(room)).toEqual({ refused: 'already_running' })
  resume(room.after(60 * MIN))
  expect(phase(room)).toMatchObject({ name: 'focus', index: 0, endsAt: START + 85 * MIN })
  expect(resume(room)).toEqual({ refused: 'nothing_to_do' })
})

describe('TIMER-5: skip', () => {
  test('TIMER-5: the next phase begins exactly now', () => {
    const room = given('ana')
    start(room)
    skip(room.after(7 * MIN + 123), 0)
    expect(phase(room)).toMatchObject({ name: 'break', index: 1, startsAt: room.now, endsAt: room.now + 5 * MIN })
  })

  test('TIMER-5: two clicks on the same phase skip once', () => {
    const room = given('ana')
    start(room)
    skip(room.after(MIN), 0)
    expect(skip(room, 0)).toEqual({ refused: 'conflict', details: { index: 1 } })
  })

  test('TIMER-5: a paused timer stays paused, at the beginning of the next phase', () => {
    const room = given('ana')
    start(room)
    pause(room.after(10 * MIN))
    skip(room.after(20 * MIN), 0)
    resume(room.after(MIN))
    expect(phase(room)).toMatchObject({ name: 'break', startsAt: room.now })
  })

  test('TIMER-5: skipping the last phase of a timer that does not restart ends it', () => {
    const room = given('ana')
    start(room, 'ana', { ...plan, autoRestart: false })
    for (const index of [0, 1, 2]) skip(room, index)
    expect(skip(room, 3)).toMatchObject({ events: [{ data: { how: 'ended', run: { anchor: 0 } } }] })
    expect(skip(room, 4)).toEqual({ refused: 'not_running' })
  })
})

test('TIMER-2: a timer that does not restart is ended in its due step, once', () => {
  const room = given('ana')
  start(room, 'ana', { ...plan, autoRestart: false })
  expect(nextDueAt(room.place, room.now)).toBe(START + 70 * MIN)
  expect(room.after(70 * MIN).when(decideDue)).toMatchObject({
    events: [{ type: 'timer.set', data: { how: 'ended', by: null, run: { anchor: 0 } } }],
  })
  expect(room.when(decideDue)).toMatchObject({ events: [] })
  expect(room.place.state.timer.startedBy).toBe('')
})

describe('TIMER-6: who may', () => {
  test('TIMER-6: in an open room anybody present starts; starter, owner and moderators drive', () => {
    const room = given('ana', 'bo', 'cy', 'di').given(moderator('cy'))
    expect(start(room, 'eve')).toEqual({ refused: 'not_present' })
    start(room, 'bo')
    expect(pause(room, 'di')).toEqual({ refused: 'forbidden' })
    expect(pause(room, 'bo')).toMatchObject({ events: [{ data: { how: 'paused' } }] })
    expect(resume(room, 'cy')).toMatchObject({ events: [{ data: { how: 'resumed' } }] })
    expect(stop(room, 'ana')).toMatchObject({ events: [{ data: { how: 'stopped' } }] })
    expect(stop(room, 'ana')).toEqual({ refused: 'not_running' })
  })

  test('TIMER-6: when the starter is gone and nobody leads here, those who stayed drive', () => {
    const room = given('bo', 'cy')
    start(room, 'bo')
    expect(stop(room, 'cy')).toEqual({ refused: 'forbidden' })
    expect(stop(room.given(left('bo')), 'cy')).toMatchObject({ events: [{ data: { how: 'stopped' } }] })
  })

  test('TIMER-6: in a room that stays owner and moderators start, or anybody while none of them is here', () => {
    const room = new Scenario().given(roomCreated({ kind: 'staying' }), joined('ana'), joined('bo'))
    expect(start(room, 'bo')).toEqual({ refused: 'forbidden' })
    expect(start(room.given(left('ana')), 'bo')).toMatchObject({ events: [{ data: { how: 'started' } }] })
  })
})

test('TIMER-7: the plan changes only while no timer runs', () => {
  const room = given('ana')
  const change = (focusMs: number) => room.when((p, at) => decidePlan(p, 'ana', { ...plan, focusMs }, at))
  expect(change(50 * MIN)).toMatchObject({
    events: [{ data: { how: 'planned', run: { focusMs: 50 * MIN, anchor: 0 } } }],
  })
  expect(change(50 * MIN)).toEqual({ refused: 'nothing_to_do' })
  start(room, 'ana', undefined)
  expect(change(40 * MIN)).toEqual({ refused: 'already_running' })
})
