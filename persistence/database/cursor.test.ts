import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'

test('STORE-7: a cursor comes back as it was given', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.string({ maxLength: 20 }), (value, id) => {
      expect(decodeCursor(encodeCursor({ value, id }))).toEqual({ value, id })
    }),
  )
})

test('STORE-7: cursor garbage is told, never thrown', () => {
  const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const garbage = [
    '',
    '!',
    'x'.repeat(500),
    made([1]),
    made(['1', 'a']),
    made([1.5, 'a']),
    made([1, 'a', 2]),
    made({}),
    made(null),
    'bm9wZQ',
  ]
  expect(garbage.map(decodeCursor)).toEqual(garbage.map(() => null))
  fc.assert(fc.property(fc.string(), (text) => void decodeCursor(text)))
})

test('STORE-7: the last page has no next', () => {
  const cursorOf = (value: number) => ({ value, id: 'a' })
  expect(pageOf([1, 2], 2, cursorOf).next).toBeNull()
  expect(pageOf([1, 2, 3], 2, cursorOf)).toEqual({ rows: [1, 2], next: encodeCursor(cursorOf(2)) })
  expect(pageOf([], 2, cursorOf)).toEqual({ rows: [], next: null })
})
