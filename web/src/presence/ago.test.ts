import { expect, test } from 'vitest'
import { agoOf } from './ago.ts'

test('PRESENCE-1: last seen is told in whole units, never finer than five minutes', () => {
  const now = Date.UTC(2026, 0, 10, 12)
  const ago = (ms: number, language = 'en') => agoOf(now - ms, now, language)
  expect(ago(-1000)).toBe('5 minutes ago')
  expect(ago(60_000)).toBe('5 minutes ago')
  expect(ago(59 * 60_000)).toBe('59 minutes ago')
  expect(ago(119 * 60_000)).toBe('1 hour ago')
  expect(ago(25 * 3_600_000)).toBe('yesterday')
  expect(ago(3 * 86_400_000, 'ko')).toBe('3일 전')
})
