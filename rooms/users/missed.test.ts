import { expect, test } from 'vitest'
import { closeCodes } from '#schemas/closeCodes.ts'
import { Missed } from './missed.ts'

test('I1: an eviction that came before its connection is remembered once, and no more than a thousand are', () => {
  const missed = new Missed()
  for (let i = 0; i < 1_500; i++) missed.add(`s${i}`, closeCodes.takenOver)
  // The newest thousand: a join takes moments, so the oldest are of sockets that never came.
  expect(missed.take('s499')).toBeUndefined()
  expect(missed.take('s500')).toBe(closeCodes.takenOver)
  expect(missed.take('s500')).toBeUndefined()
  expect(missed.take('s1499')).toBe(closeCodes.takenOver)
  expect(missed.size).toBe(998)
  // The same session again takes no second place.
  for (let i = 0; i < 2_000; i++) missed.add('again', closeCodes.stale)
  expect(missed.size).toBe(999)
})
