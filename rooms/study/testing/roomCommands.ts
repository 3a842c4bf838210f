import fc from 'fast-check'
import type { Decision, Moment, Who } from '#rooms/place/types.ts'
import { decideAnswer } from '../attest/attest.rules.ts'
import { decideTyping, endTyping } from '../chat/typing.ts'
import { decideJoin } from '../members/entry.rules.ts'
import {
  decideBack,
  decideDelegate,
  decideDrop,
  decideLeave,
  decideModerator,
  decideStatus,
} from '../members/members.rules.ts'
import { markConnected, markDropped } from '../members/presence.ts'
import { decideBan, decideKick, decideLetBack, decideMute, decideWarn } from '../moderation/moderation.rules.ts'
import { decideDue } from '../room/due.rules.ts'
import { decideChange } from '../room/room.rules.ts'
import { decideSwitch } from '../study/study.rules.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { decidePause, decidePlan, decideResume, decideSkip, decideStart, decideStop } from '../timer/timer.rules.ts'
import { type Command, person } from './commands.ts'
import { START, who } from './given.ts'

type Decide<P> = (place: StudyPlace, who: Who, payload: P, at: Moment) => Decision<unknown>
const command = <P>(
  name: string,
  payload: fc.Arbitrary<P>,
  decide: Decide<P>,
  byOwner = false,
): fc.Arbitrary<Command> =>
  fc.record({ by: person, payload, rank: fc.integer({ min: 0, max: 3 }) }).map(({ by, payload, rank }) => ({
    name: `${by} ${name} ${JSON.stringify(payload)}`,
    by,
    decide: (place, at) => decide(place, who(byOwner && rank > 0 ? place.state.owner : by), payload, at),
  }))
/** Mostly by whoever owns the room then, for others are only refused. */
const act = <P>(name: string, payload: fc.Arbitrary<P>, decide: Decide<P>) => command(name, payload, decide, true)

const none = fc.constant({})
const on = fc.record({ on: fc.boolean() })
const at = fc.record({ userId: person })
const reason = fc.constantFrom('', 'noise')
const nothing: Decision = { events: [], reply: {} }

const plan = fc.record({
  focusMs: fc.integer({ min: 60_000, max: 120_000 }),
  breakMs: fc.constant(60_000),
  longBreakMs: fc.constant(60_000),
  rounds: fc.integer({ min: 1, max: 3 }),
  autoRestart: fc.boolean(),
})

const memberCommand: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 10,
    arbitrary: command('joins', none, (place, by, _, now) =>
      decideJoin(place, { ...by, studiedMs: 0, dayEndsAt: START + 43_200_000 }, { passwordHash: null }, now),
    ),
  },
  command('leaves', none, (place, by, _, now) => decideLeave(place, by.userId, by.session, 'left', now)),
  command('drops', none, (place, by, _, now) => {
    markDropped(place, by.userId, by.session, now.now, now.now)
    return decideDrop(place, by.userId, by.session, now)
  }),
  command('is back', none, (place, by, _, now) => {
    markConnected(place, by.userId, by.session, now.now)
    return decideBack(place, by.userId, by.session, now)
  }),
  command('member.setStatus', fc.constantFrom('here', 'away'), (place, by, status, now) =>
    decideStatus(place, by.userId, status, now),
  ),
  act('member.setModerator', fc.record({ userId: person, on: fc.boolean() }), (place, by, { userId, on }, now) =>
    decideModerator(place, by.userId, userId, on, now),
  ),
  act('room.delegate', at, (place, by, { userId }, now) => decideDelegate(place, by.userId, userId, now)),
)

const moderationCommand: fc.Arbitrary<Command> = fc.oneof(
  act('member.warn', fc.record({ userId: person, reason }), decideWarn),
  act('member.kick', fc.record({ userId: person, reason }), decideKick),
  act('member.ban', fc.record({ userId: person, reason, forMs: fc.constant(60_000) }), decideBan),
  { weight: 3, arbitrary: act('member.letBack', at, decideLetBack) },
  { weight: 3, arbitrary: act('member.mute', fc.record({ userId: person, on: fc.boolean() }), decideMute) },
)

/** Far below what people may choose: each run is to see many checks. */
const shortChecks = fc.record({
  on: fc.boolean(),
  minMs: fc.constant(1_000),
  maxMs: fc.integer({ min: 2_000, max: 20_000 }),
})

const roomCommand: fc.Arbitrary<Command> = fc.oneof(
  act(
    'room.change',
    fc.oneof(
      fc.record({ name: fc.constantFrom('Quiet', 'Loud') }),
      fc.record({ capacity: fc.integer({ min: 2, max: 6 }) }),
      fc.record({ notice: fc.string({ maxLength: 10 }), tags: fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 }) }),
      fc.record({ locked: fc.boolean() }),
      fc.record({ stage: fc.record({ chat: fc.constantFrom('open', 'slow', 'held'), quiet: fc.boolean() }) }),
      fc.record({
        media: fc.record({
          microphones: fc.constantFrom('always', 'breaks', 'never'),
          cameras: fc.boolean(),
          screens: fc.boolean(),
        }),
      }),
      fc.record({ attest: shortChecks, seed: fc.constantFrom('one', 'two') }),
    ),
    decideChange,
  ),
  command('room due', none, (place, _by, _payload, now) => {
    endTyping(place, now)
    return decideDue(place, now)
  }),
  command('chat.typing', on, (place, by, payload, now) => {
    const answer = decideTyping(place, by, payload, now)
    return 'refused' in answer ? (answer as Decision) : nothing
  }),
)

const timerCommand: fc.Arbitrary<Command> = fc.oneof(
  command('timer.start', fc.record({ plan: fc.option(plan, { nil: undefined }) }), (place, by, { plan }, now) =>
    decideStart(place, by.userId, plan, now),
  ),
  command('timer.pause', none, (place, by, _, now) => decidePause(place, by.userId, now)),
  command('timer.resume', none, (place, by, _, now) => decideResume(place, by.userId, now)),
  command('timer.skip', fc.integer({ min: 0, max: 3 }), (place, by, index, now) =>
    decideSkip(place, by.userId, index, now),
  ),
  command('timer.stop', none, (place, by, _, now) => decideStop(place, by.userId, now)),
  command('timer.plan', plan, (place, by, next, now) => decidePlan(place, by.userId, next, now)),
  {
    weight: 3,
    arbitrary: command('attest.answer', none, (place, by, _, now) =>
      decideAnswer(place, by, { asked: place.state.members.get(by.userId)?.checkAt || 1 }, now),
    ),
  },
  {
    weight: 4,
    arbitrary: command('study switch', on, (place, by, payload, now) =>
      decideSwitch(place, by.userId, payload.on, now),
    ),
  },
)

/** Everything about people, facts and time; with chat, hands and screen it is all that a study room takes. */
export const aroundChat: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: memberCommand },
  { weight: 1, arbitrary: moderationCommand },
  { weight: 2, arbitrary: roomCommand },
  { weight: 2, arbitrary: timerCommand },
)
