import type { HeldPlace } from '../ports/ledger.ts'

/** What is put back must leave no gap: neither between snapshot and events nor above the log's mark. A bug throws. */
export function assertHeld({ place, from, confirmed, snapshot }: Omit<HeldPlace, 'events'>): void {
  if (from > confirmed || from > (snapshot?.version ?? 0))
    throw new Error(`what is put back of ${place} begins above its mark or its snapshot`)
}
