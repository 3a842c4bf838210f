import { isRefusal } from '#schemas/refusals.ts'
import type { Command } from './commands.ts'
import type { Scenario } from './given.ts'
import { Oracle } from './oracle.ts'
import { Witness } from './witness.ts'

export type Played = { readonly oracle: Oracle; readonly refusals: ReadonlyMap<string, number>; readonly bytes: number }

/**
 * Runs commands one after the other, a few per turn, with I11 held after every turn (DESIGN §4), a joiner and a snapshot
 * now and then. `step` sees the scenario after each turn, for further invariants. Throws naming the command.
 */
export function play(
  scenario: Scenario,
  commands: readonly Command[],
  perTurn = 3,
  step: (oracle: Oracle) => void = () => {},
  oracle = new Oracle(),
): Played {
  const { place } = scenario
  const witness = new Witness(place)
  const refusals = new Map<string, number>()
  let bytes = 0
  let turns = 0
  for (let i = 0; i < commands.length; i += perTurn) {
    const turn = commands.slice(i, i + perTurn)
    const committed = []
    for (const command of turn) {
      scenario.after(700)
      const decision = command.decide(place, scenario.at, oracle.older)
      if (isRefusal(decision)) {
        refusals.set(decision.refused, (refusals.get(decision.refused) ?? 0) + 1)
        continue
      }
      for (const event of decision.events) {
        const applied = scenario.apply(event)
        oracle.note(applied)
        committed.push(applied)
      }
      command.check?.(decision.reply, oracle)
    }
    try {
      bytes += witness.turn(committed)
      if (turns % 16 === 0) witness.joins()
      if (turns % 5 === 0) witness.snapshot()
      step(oracle)
    } catch (error) {
      throw new Error(`after ${turn.map((c) => c.name).join('; ')}: ${String(error)}`, { cause: error })
    }
    turns++
  }
  return { oracle, refusals, bytes }
}
