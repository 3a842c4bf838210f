/** What a member's state says of the personal timer (T1). Milliseconds of the place's clock. */
export type Studied = { readonly since: number; readonly ms: number; readonly dayEndsAt: number }

/** Today's total at `now`: what was credited and the running interval; from the day's end on only what runs since then. */
export function studiedAt({ since, ms, dayEndsAt }: Studied, now: number): number {
  const over = dayEndsAt > 0 && now >= dayEndsAt
  const from = over ? Math.max(since, dayEndsAt) : since
  return (over ? 0 : ms) + (since > 0 ? Math.max(0, now - from) : 0)
}
