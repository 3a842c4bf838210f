/** Half to all of a doubling delay, milliseconds: many clients that lost one node come back spread out (§5.6). */
export function backoffMs(attempt: number, random: () => number, first = 250, most = 5_000): number {
  return Math.min(most, first * 2 ** Math.min(attempt, 16)) * (0.5 + random() / 2)
}
