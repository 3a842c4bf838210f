import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { limits } from '#schemas/limits.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { chatCommand, handCommand, screenCommand, sendCommand } from '../testing/commands.ts'
import { given, moderator, muted, sentMany } from '../testing/given.ts'
import { Oracle } from '../testing/oracle.ts'
import { play } from '../testing/play.ts'
import { amendedSince } from './amended.ts'
import { windowMessage } from './window.ts'

const commands = fc.array(fc.oneof({ weight: 6, arbitrary: chatCommand }, handCommand, screenCommand), {
  minLength: 1,
  maxLength: 300,
  size: 'max',
})
const room = () => given('ana', 'ben', 'cho', 'dee').given(moderator('ben'), muted('dee'))

const windowOf = (place: StudyPlace): ChatMessage[] => {
  const from = Math.max(1, place.state.chatHead - limits.chatWindow + 1)
  return Array.from({ length: place.state.chatHead - from + 1 }, (_, i) => {
    const message = windowMessage(place, from + i)
    if (!message) throw new Error(`message ${from + i} is not in the window`)
    return message
  })
}

function holds(place: StudyPlace, oracle: Oracle): void {
  const all = oracle.messages
  expect(all.map((m) => m.number)).toEqual(all.map((_, i) => i + 1))
  expect(oracle.sent.size).toBe(all.length)
  expect(windowOf(place)).toEqual(all.slice(-limits.chatWindow))
  expect([...place.state.pins].sort()).toEqual(
    all
      .filter((m) => m.pinned)
      .map((m) => m.number)
      .sort(),
  )
  const old = all.slice(0, -limits.chatWindow).filter((m) => m.revision > 0)
  expect(amendedSince(place, 0)).toEqual(new Map(old.map((m) => [m.number, m.revision])))
}

// The machine may be busy; nothing here waits for time.
vi.setConfig({ testTimeout: 60_000 })

test('CHAT-2, CHAT-4, CHAT-13: after any commands numbers are dense, nothing is doubled, the window is the end of the list, I11 holds', () => {
  fc.assert(
    fc.property(commands, fc.integer({ min: 1, max: 5 }), (list, perTurn) => {
      const scenario = room()
      play(scenario, list, perTurn, (oracle) => holds(scenario.place, oracle))
    }),
    { numRuns: 8, seed: 20261121, endOnFailure: true },
  )
})

test('CHAT-4, CHAT-13: the same over a window that turns, with changes behind it', () => {
  const long = fc.array(fc.oneof({ weight: 2, arbitrary: sendCommand }, chatCommand), {
    minLength: 250,
    maxLength: 300,
    size: 'max',
  })
  fc.assert(
    fc.property(long, (list) => {
      const scenario = room()
      const oracle = new Oracle()
      for (const event of sentMany(1, 150)) oracle.note(scenario.apply(event))
      play(scenario, list, 4, () => {}, oracle)
      holds(scenario.place, oracle)
    }),
    // The seed is enough to find a failure again; shrinking 300 commands takes minutes.
    { numRuns: 4, seed: 20261122, endOnFailure: true },
  )
})

test('CHAT-4: a restored room goes on in the same slots', () => {
  const scenario = room().given(...sentMany(1, 250))
  play(scenario, [], 1)
  expect(windowOf(scenario.place).map((m) => m.number)).toEqual(Array.from({ length: 100 }, (_, i) => 151 + i))
  expect(scenario.place.state.chat.length).toBe(limits.chatWindow)
})
