import { expect, test } from 'vitest'
import type { StudyLink } from '../connection/studyLink.ts'
import { HandTimers } from '../testing/handTimers.ts'
import { TypingSign } from './typingSign.ts'

function setUp() {
  const timers = new HandTimers()
  const told: boolean[] = []
  const link = {
    request: async (_: string, { on }: { on: boolean }) => {
      told.push(on)
      return {}
    },
  }
  const sign = new TypingSign(timers)
  // A sign does nothing but ask.
  sign.attach(link as unknown as StudyLink)
  return { timers, told, sign }
}

test('CLIENT-15: the typing sign is renewed at most every 3 s while typing goes on', async () => {
  const { timers, told, sign } = setUp()
  for (let key = 0; key < 70; key++) {
    sign.set(true)
    await timers.advance(100)
  }
  expect(told).toEqual([true, true, true])
})

test('CLIENT-15: it is taken down once, and goes up anew at the next key', () => {
  const { told, sign } = setUp()
  sign.set(true)
  sign.set(false)
  sign.set(false)
  sign.set(true)
  expect(told).toEqual([true, false, true])
})
