import type { KeptPlaces } from '../ports/keptPlaces.ts'
import type { Ledger } from '../ports/ledger.ts'

/** Places of the archive's last hour: what was under way has stirred since, by a chat, a credit of study time, a phase's end. */
const SPAN_MS = 3_600_000
/** The newest ones; who enters an older one wakes it. */
const MOST = 1000

/**
 * After a ledger has lost what it held: places that may have been under way on a node that is gone too are due now, so that
 * somebody wakes them and what time alone has to end there ends (§5.6). Those that the ledger has are left alone. Safe to repeat.
 */
export async function wakeRecent(
  kept: Pick<KeptPlaces, 'recent'>,
  ledger: Pick<Ledger, 'exists' | 'now' | 'setDue'>,
): Promise<void> {
  const now = await ledger.now()
  for (const place of await kept.recent(SPAN_MS, MOST))
    if (!(await ledger.exists(place))) await ledger.setDue(place, now)
}
