const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** `3 hours ago`, in the language's own words. */
export function relativeTime(at: number, now: number, locale: string): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  for (const [unit, ms] of steps) if (now - at >= ms) return words.format(-Math.floor((now - at) / ms), unit)
  return words.format(0, 'minute')
}
