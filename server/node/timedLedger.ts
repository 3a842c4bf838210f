import type { Ledger } from '#persistence/ports/ledger.ts'

/** The same ledger; how long appends took is told to `answered`. */
export const timedLedger = (ledger: Ledger, answered: (call: string, ms: number) => void): Ledger => ({
  ...ledger,
  async append(batch) {
    const begun = performance.now()
    try {
      return await ledger.append(batch)
    } finally {
      answered('append', performance.now() - begun)
    }
  },
})
