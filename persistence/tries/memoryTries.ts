import type { TriesBook } from '../ports/tries.ts'
import { Tries } from './tries.ts'

/** The book of a process that runs alone: in memory, and empty after a start. */
export const memoryTries = (): TriesBook => ({
  limit(_name, rule) {
    const tries = new Tries(rule)
    return { take: async (key) => tries.take(key), refund: async (key) => tries.refund(key) }
  },
  close: async () => undefined,
})
