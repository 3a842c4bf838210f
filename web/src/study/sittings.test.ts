import { expect, test } from 'vitest'
import { sittings } from './sittings.ts'

const MINUTE = 60_000

test("WEB-60: the day's table joins stretches that a reload parted; lengths are without the gaps", () => {
  const intervals = [
    { from: 0, to: 10 * MINUTE },
    { from: 10 * MINUTE + 5_000, to: 12 * MINUTE },
    { from: 13 * MINUTE, to: 13 * MINUTE + 400 },
    { from: 15 * MINUTE, to: 20 * MINUTE },
  ]
  expect(sittings(intervals)).toEqual([
    { from: 0, to: 13 * MINUTE + 400, ms: 12 * MINUTE - 5_000 + 400 },
    { from: 15 * MINUTE, to: 20 * MINUTE, ms: 5 * MINUTE },
  ])
  expect(sittings([])).toEqual([])
})
