import { expect, test } from 'vitest'
import { Tries } from './tries.ts'

test('ACCT-6: tries are counted per key, told when to come back, and forgotten after the span', () => {
  let now = 0
  const tries = new Tries({ max: 2, withinMs: 1000 }, () => now)
  expect([tries.take('a'), tries.take('a'), tries.take('b')]).toEqual([0, 0, 0])
  now = 400
  expect(tries.take('a')).toBe(600)
  expect(tries.take('b')).toBe(0)
  now = 1000
  expect(tries.take('a')).toBe(0)
})

test('ACCT-6: a try that succeeded is given back', () => {
  const tries = new Tries({ max: 1, withinMs: 1000 }, () => 0)
  for (let i = 0; i < 5; i++) {
    expect(tries.take('a')).toBe(0)
    tries.refund('a')
  }
  expect([tries.take('a'), tries.take('a') > 0]).toEqual([0, true])
})
