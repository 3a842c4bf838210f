import type { Ledger } from '#persistence/ports/ledger.ts'

export type Readiness = { readonly ready: true } | { readonly ready: false; readonly why: string }

/**
 * Whether requests may be sent to this node. A node that starts beside a new ledger waits until rooms can be claimed; one that has been
 * ready stays so while a ledger that came back is restored: its running rooms go on, and every other node would say the same (§5.6).
 */
export function readiness(
  ledger: Pick<Ledger, 'now' | 'generation'>,
  stopping: () => boolean,
): () => Promise<Readiness> {
  let opened = false
  return async () => {
    if (stopping()) return { ready: false, why: 'draining' }
    try {
      if (opened) await ledger.now()
      else opened = (await ledger.generation()).state === 'open'
    } catch {
      return { ready: false, why: 'ledger' }
    }
    return opened ? { ready: true } : { ready: false, why: 'restoring' }
  }
}
