import { expect, test } from 'vitest'
import { durationText } from './durationText.ts'

test('WEB-62: durations are words of the language, rounded down to the minute', () => {
  const of = (language: string) => [0, 59_999, 3_600_000, 3_660_000, 90_000_000].map((ms) => durationText(language, ms))
  expect(of('en')).toEqual(['0 min', '0 min', '1 hr', '1 hr 1 min', '25 hr'])
  expect(of('ko')).toEqual(['0분', '0분', '1시간', '1시간 1분', '25시간'])
})
