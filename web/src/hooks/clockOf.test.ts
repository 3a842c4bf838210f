import { expect, test } from 'vitest'
import { studiedAt } from './clockOf.ts'

test('WEB-46: the total runs from what was credited, and stands while nothing runs', () => {
  expect(studiedAt({ since: 0, ms: 5_000, dayEndsAt: 90_000 }, 60_000)).toBe(5_000)
  expect(studiedAt({ since: 50_000, ms: 5_000, dayEndsAt: 90_000 }, 60_000)).toBe(15_000)
})
test('WEB-46: at the end of the member’s own day it begins at 0 again, without a word from the room', () => {
  expect(studiedAt({ since: 50_000, ms: 5_000, dayEndsAt: 90_000 }, 90_000)).toBe(0)
  expect(studiedAt({ since: 50_000, ms: 5_000, dayEndsAt: 90_000 }, 92_000)).toBe(2_000)
  expect(studiedAt({ since: 0, ms: 5_000, dayEndsAt: 90_000 }, 92_000)).toBe(0)
})
