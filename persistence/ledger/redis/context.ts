import type { RedisArgument, RedisLine } from '../../redis/redisLine.ts'
import type { LedgerKeys } from './ledgerKeys.ts'
import { ledgerScripts } from './ledgerScripts.ts'

export type GenerationRules = {
  /** Milliseconds in which only running owners put their places back. */
  readonly waitMs: number
  /** True: it opens by itself when that time is over; nobody watches an archive. */
  readonly opensAlone: boolean
}

/** What all parts of the ledger's Redis half share. */
export type LedgerContext = {
  readonly line: RedisLine
  readonly keys: LedgerKeys
  readonly generations: GenerationRules
  run(script: keyof typeof ledgerScripts, keys: readonly string[], ...args: RedisArgument[]): Promise<unknown>
}

export const ledgerContext = (line: RedisLine, keys: LedgerKeys, generations: GenerationRules): LedgerContext => ({
  line,
  keys,
  generations,
  run: (script, names, ...args) => line.run(ledgerScripts[script], names, args),
})

/** The arguments by which scripts know the rules of generations. */
export const rulesOf = ({ generations }: LedgerContext): [number, number] => [
  generations.waitMs,
  generations.opensAlone ? 1 : 0,
]
