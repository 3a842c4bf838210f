import { expect, test } from 'vitest'
import { HandTimers } from '../testing/handTimers.ts'
import { IDLE_AFTER_MS, Idleness } from './idleness.ts'

test('PRESENCE-2: a device is idle after five minutes without input, and at once when it is out of sight', async () => {
  const timers = new HandTimers()
  const idleness = new Idleness(timers, false)
  await timers.advance(IDLE_AFTER_MS - 1_000)
  idleness.input()
  await timers.advance(IDLE_AFTER_MS - 1)
  expect(idleness.idle.get()).toBe(false)
  await timers.advance(1)
  expect(idleness.idle.get()).toBe(true)
  idleness.input()
  expect(idleness.idle.get()).toBe(false)
  idleness.sight(true)
  expect(idleness.idle.get()).toBe(true)
  idleness.input()
  expect(idleness.idle.get()).toBe(true)
  idleness.sight(false)
  expect(idleness.idle.get()).toBe(false)
  await timers.advance(IDLE_AFTER_MS)
  expect(idleness.idle.get()).toBe(true)
  expect(new Idleness(timers, true).idle.get()).toBe(true)
})
