import type { Ledger } from '#persistence/ports/ledger.ts'
import type { Log } from '#rooms/place/deps.ts'

const EVERY_MS = 1000

/**
 * Renews the node's heartbeat at once and then every second (§5.1): whoever reads what this process held knows by it
 * whether the process lives. A ledger that is away is waited for. Returns how to stop.
 */
export function startHeartbeat(ledger: Pick<Ledger, 'heartbeat'>, node: string, log: Log): () => void {
  let stopped = false
  let told = false
  const beat = async (): Promise<void> => {
    const answer = await ledger.heartbeat(node).catch(() => undefined)
    if (answer?.alive === false && !told) {
      told = true
      log('error', { node }, 'this node is marked dead: it gets no places any more')
    }
    if (!stopped) timer = setTimeout(() => void beat(), EVERY_MS)
  }
  let timer = setTimeout(() => void beat(), 0)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
