/** Repeatable randomness; a test prints its seed. Numbers in [0, 1). */
export type Random = (() => number) & {
  /** A whole number below `n`. */
  below(n: number): number
  pick<T>(from: readonly T[]): T
}

/** Mulberry32. */
export function seeded(seed: number): Random {
  let a = seed >>> 0
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = a
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  return Object.assign(next, { below, pick: <T>(from: readonly T[]) => from[below(from.length)] as T })
}

/** The seed to use: SEED of the environment, else a new one. */
export const chosenSeed = (): number => Number(process.env['SEED'] ?? Date.now() % 1_000_000_007)
