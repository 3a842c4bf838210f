import { expect, test } from 'vitest'
import { alike } from './alike.ts'

test('WEB-48: selections are compared by value, at every depth', () => {
  const desk = () => ({ name: 'Ana', lit: true, hands: [{ id: 'a' }, { id: 'b' }], none: null })
  expect(alike(desk(), desk())).toBe(true)
  expect(alike(desk(), { ...desk(), lit: false })).toBe(false)
  expect(alike(desk(), { ...desk(), hands: [{ id: 'a' }] })).toBe(false)
  expect(alike(desk(), { ...desk(), hands: [{ id: 'b' }, { id: 'a' }] })).toBe(false)
  expect(alike({ a: undefined }, { b: undefined })).toBe(false)
  expect(alike([], {})).toBe(false)
  expect(alike(null, {})).toBe(false)
})
