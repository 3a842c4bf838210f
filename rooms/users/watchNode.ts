import type { Log } from '#rooms/place/deps.ts'
import type { UserHub } from './userHub.ts'

const EVERY_MS = 5000

export type WatchDeps = {
  readonly users: UserHub
  readonly log: Log
  due(): Promise<readonly { place: string }[]>
  /** Wakes a sleeping place, so that it does what is due; a live one does so by itself. */
  wake(place: string): Promise<void>
}

/**
 * Every 5 s: compares this node's connections with the ledger (I13) and wakes sleeping places in which something is due
 * (§5.6). Returns how to stop. A ledger that is away is waited for; nobody is ended for it (I5).
 */
export function watchNode({ users, log, due, wake }: WatchDeps): () => void {
  let stopped = false
  const round = async (): Promise<void> => {
    try {
      await users.check()
      for (const { place } of await due()) if (!stopped) await wake(place)
    } catch (error) {
      log('warn', { error: String(error) }, 'the ledger could not be asked')
    }
    if (!stopped) timer = setTimeout(() => void round(), EVERY_MS)
  }
  let timer = setTimeout(() => void round(), EVERY_MS)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
