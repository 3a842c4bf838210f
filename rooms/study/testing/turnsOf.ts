import type { Turns } from '#rooms/place/types.ts'
import { isRefusal } from '#schemas/refusals.ts'
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
