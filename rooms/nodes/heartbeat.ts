import type { Ledger } from '#persistence/ports/ledger.ts'
import type { Log } from '#rooms/place/deps.ts'
import { realTimers, type Timers } from '#rooms/place/timers.ts'

const EVERY_MS = 1000
/** A node that is silent for so long may be marked dead, */
const SILENT_MS = 3000
/** but only by one whose own beats had no gap for so long: who was frozen or cut off himself may not judge. */
const STEADY_MS = 6000
/** One that has missed a beat is looked at the moment its time is over: whose places it had wait for nothing else. */
const LATE_MS = 1500

export type HeartbeatDeps = {
  readonly ledger: Pick<Ledger, 'heartbeat' | 'nodes' | 'markDead'>
  readonly node: string
  readonly log: Log
  /** There can be no other node to look after. */
  readonly alone: boolean
  /** Told once: this node is marked dead, for good. It has to give up all its places before anything else (§5.1). */
  dead(): void
  /** This node has marked another one dead: what that one has left beside the ledger may be taken out. Repeated until it succeeds. */
  buried?(node: string): Promise<unknown>
  readonly timers?: Timers
}

/**
 * Renews the node's heartbeat at once and then every second (§5.1), and marks nodes dead that have been silent for 3 s, by
 * the ledger's clock. A ledger that is away is waited for. Returns how to stop.
 */
export function startHeartbeat(deps: HeartbeatDeps): () => void {
  const { ledger, node, log, alone, timers = realTimers } = deps
  let stopped = false
  let told = false
  let steadySince = timers.monotonic()
  let lastBeat = timers.monotonic()
  /** Dead by this node's word, and not buried yet. */
  const unburied = new Set<string>()
  const burying = new Set<string>()

  /** Answers when to look again: one that is late is not waited for until the next round. */
  const markOthers = async (): Promise<number> => {
    const others = (await ledger.nodes()).filter((other) => other.node !== node)
    for (const other of others.filter(({ silentMs }) => silentMs >= SILENT_MS))
      if (await ledger.markDead(other.node, SILENT_MS)) {
        log('warn', { node: other.node }, 'a silent node is marked dead')
        unburied.add(other.node)
      }
    const late = others.filter(({ silentMs }) => silentMs >= LATE_MS && silentMs < SILENT_MS)
    return Math.min(EVERY_MS, ...late.map(({ silentMs }) => SILENT_MS - silentMs))
  }
  // Beside the beats, which wait for nothing but the ledger: a late one would have this node marked itself.
  const bury = async (other: string) => {
    if (burying.has(other)) return
    burying.add(other)
    try {
      await deps.buried?.(other)
      unburied.delete(other)
    } catch (error) {
      log('warn', { node: other, error: String(error) }, 'what a dead node has left could not be taken out yet')
    } finally {
      burying.delete(other)
    }
  }

  const beat = async (): Promise<void> => {
    const answer = await ledger.heartbeat(node).catch(() => undefined)
    const at = timers.monotonic()
    if (!answer || at - lastBeat > SILENT_MS) steadySince = at
    if (answer) lastBeat = at
    if (answer?.alive === false && !told) {
      told = true
      log('error', { node }, 'this node is marked dead: it gives up its places')
      deps.dead()
    }
    let next = EVERY_MS
    if (answer?.alive && !alone && at - steadySince >= STEADY_MS)
      next = await markOthers().catch((error: unknown) => {
        log('warn', { error: String(error) }, 'silent nodes could not be marked')
        return EVERY_MS
      })
    if (answer && !stopped) for (const other of unburied) void bury(other)
    if (!stopped) cancel = timers.after(next, () => void beat())
  }
  let cancel = timers.after(0, () => void beat())
  return () => {
    stopped = true
    cancel()
  }
}
