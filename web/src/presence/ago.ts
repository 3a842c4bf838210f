const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** "5 minutes ago", "yesterday": in whole units of the largest that fits, at least five minutes (times are that coarse). */
export function agoOf(at: number, now: number, language: string): string {
  const past = Math.max(5 * 60_000, now - at)
  const [unit, ms] = steps.find(([, step]) => past >= step) ?? ['minute', 60_000]
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(past / ms), unit)
}
