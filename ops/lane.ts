const LANES = 4

/**
 * Of the processes that run side by side on one machine which one this is, 0 if alone: each takes ports of a part of its own, so that none
 * takes one in the moment between another's finding it free and its server's listening. Vitest numbers its workers from 1 on.
 */
export const lane = (): number => Number(process.env['STUDYHUB_LANE'] ?? process.env['VITEST_POOL_ID'] ?? 0)

/** Any of `count` ports from `first` on, of this lane's part of them. */
export function somePort(first: number, count: number): number {
  const part = Math.floor(count / LANES)
  return first + (lane() % LANES) * part + Math.floor(Math.random() * part)
}
