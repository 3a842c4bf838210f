import type { Handlers, Turns, Who } from '#rooms/place/types.ts'
import type { Catalogue, Payload, Reply } from '#schemas/messages/catalogue.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import type { StudyPlace } from '../studyPlace.ts'
import type { Scenario } from './given.ts'

/** Turns of one command each over a scenario, committed at once: for handlers without an actor. */
export const turnsOf = (scenario: Scenario): Turns<StudyPlace> => ({
  command: async (decide) => {
    const outcome = scenario.when(decide)
    return isRefusal(outcome) ? outcome : outcome.reply
  },
  live: async (change) => change(scenario.place, scenario.at),
  place: scenario.place,
  now: () => scenario.now,
})

/** Handlers that act by these turns, whoever speaks. */
export function boundTo<C extends Catalogue>(turns: Turns<StudyPlace>, handlers: Handlers<C, Turns<StudyPlace>>) {
  const bound = Object.entries(handlers).map(([type, run]) => [
    type,
    (who: Who, payload: never) => run(who, payload, turns),
  ])
  return Object.fromEntries(bound) as {
    [K in keyof C]: (who: Who, payload: Payload<C, K>) => Promise<Reply<C, K> | Refusal>
  }
}
