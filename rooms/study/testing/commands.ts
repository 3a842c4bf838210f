import { deepStrictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import type { Decision, Moment, Who } from '#rooms/place/types.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { decideDelete, decideEdit, decidePin, decideReact } from '../chat/change.rules.ts'
import { decideSend } from '../chat/chat.rules.ts'
import { decideMarkUnread, decideRead } from '../chat/read.rules.ts'
import { decideLower, decideRaise } from '../hands/hands.rules.ts'
import { decideClaim, decideHandOver, decideRelease, decideRequest, decideTakeOver } from '../screen/screen.rules.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { who } from './given.ts'
import type { Oracle } from './oracle.ts'

/** A command of some member, and how to decide it; `older` gives messages the window has lost, as storage would. */
export type Command = {
  readonly name: string
  readonly by: string
  decide(place: StudyPlace, at: Moment, older: (number: number) => ChatMessage | null): Decision<unknown>
  /** Throws when the answer contradicts what the oracle knows after the command. */
  check?(reply: unknown, oracle: Oracle): void
}

export const people = ['ana', 'ben', 'cho', 'dee', 'eun'] as const
export const person = fc.constantFrom(...people)
const someText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
/** Mostly near the window's edges, where the slots are rewritten. */
const back = fc.oneof(
  fc.integer({ min: 0, max: 8 }),
  fc.integer({ min: 90, max: 110 }),
  fc.integer({ min: 0, max: 250 }),
)
const numberOf = (place: StudyPlace, distance: number): number => Math.max(1, place.state.chatHead - distance)

type Decide<P> = (place: StudyPlace, who: Who, payload: P, at: Moment) => Decision<unknown>
const command = <P>(name: string, payload: fc.Arbitrary<P>, decide: Decide<P>): fc.Arbitrary<Command> =>
  fc.record({ by: person, payload }).map(({ by, payload }) => ({
    name: `${by} ${name} ${JSON.stringify(payload)}`,
    by,
    decide: (place, at) => decide(place, who(by), payload, at),
  }))

type Change<P> = (place: StudyPlace, who: Who, payload: P, at: Moment, older: ChatMessage | null) => Decision<unknown>
const change = <P>(
  name: string,
  rest: fc.Arbitrary<P>,
  decide: Change<P & { number: number }>,
): fc.Arbitrary<Command> =>
  fc.record({ by: person, back, rest }).map(({ by, back, rest }) => ({
    name: `${by} ${name} -${back} ${JSON.stringify(rest)}`,
    by,
    decide: (place, at, older) => {
      const number = numberOf(place, back)
      return decide(place, who(by), { ...rest, number }, at, older(number))
    },
  }))

const outbox = fc.constantFrom('phone', 'desk')
const mentions = fc.array(fc.constantFrom(...people, 'nobody'), { maxLength: 3 })
const emoji = fc.constantFrom('👍', '🎉', '❤️')
const on = fc.boolean()

/** One message after the other of an outbox, sometimes the same again, sometimes an old n. */
export const sendCommand: fc.Arbitrary<Command> = fc
  .record({
    by: person,
    outbox,
    step: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, fc.integer({ min: -40, max: 3 })),
    text: someText,
    mentions,
    replyBack: fc.option(back),
  })
  .map(({ by, outbox, step, text, mentions, replyBack }) => {
    let n = 0
    return {
      name: `${by} chat.send ${outbox} ${step}`,
      by,
      decide: (place, at) => {
        const newest = place.hidden.outboxes.get(`${by}/${outbox}`)?.at(-1)?.n ?? 0
        n = Math.max(1, newest + step)
        const reply = replyBack === null ? {} : { replyTo: numberOf(place, replyBack) }
        return decideSend(place, who(by), { outbox, n, text, mentions, ...reply }, at)
      },
      check: (reply, oracle) => {
        const { number, at } = oracle.messages[(oracle.sent.get(`${by} ${outbox} ${n}`) ?? 0) - 1] ?? {}
        deepStrictEqual(reply, { number, at }, 'the number that (outbox, n) got first')
      },
    }
  })

export const chatCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 12, arbitrary: sendCommand },
  { weight: 2, arbitrary: change('chat.edit', fc.record({ text: someText }), decideEdit) },
  { weight: 1, arbitrary: change('chat.edit', fc.record({ text: someText, mentions }), decideEdit) },
  { weight: 2, arbitrary: change('chat.delete', fc.constant({}), decideDelete) },
  { weight: 3, arbitrary: change('chat.react', fc.record({ emoji, on }), decideReact) },
  { weight: 2, arbitrary: change('chat.pin', fc.record({ on }), decidePin) },
  { weight: 2, arbitrary: change('chat.read', fc.constant({}), decideRead) },
  { weight: 1, arbitrary: change('chat.markUnread', fc.constant({}), decideMarkUnread) },
)

export const handCommand: fc.Arbitrary<Command> = fc.oneof(
  command('hand.raise', fc.record({ topic: fc.string({ maxLength: 10 }) }), decideRaise),
  command('hand.lower', fc.constant({}), decideLower),
  command('hand.lower', fc.record({ userId: person }), decideLower),
)

export const screenCommand: fc.Arbitrary<Command> = fc.oneof(
  command('screen.claim', fc.constant({}), decideClaim),
  command('screen.release', fc.constant({}), decideRelease),
  command('screen.request', fc.record({ on }), decideRequest),
  command('screen.handOver', fc.record({ userId: person }), decideHandOver),
  command('screen.takeOver', fc.constant({}), decideTakeOver),
)
