import type { Log } from '#rooms/place/deps.ts'
import type { UserHub } from './userHub.ts'

const EVERY_MS = 5000

export type WatchDeps = {
  readonly users: UserHub
  readonly log: Log
  /** Compares who sits in the rooms of groups with who is a member. */
  groups(): Promise<void>
  due(): Promise<readonly { place: string }[]>
  /** A page of the places that dead nodes left behind, ascending. */
  orphans(after: string): Promise<readonly string[]>
  /** Wakes a sleeping place, so that it does what is due; a live one does so by itself. */
  wake(place: string): Promise<void>
}

/**
 * At once and then every 5 s: compares this node's connections with the ledger (I13), wakes the places that a dead process
 * left behind, so that its members are returning and leave in time, and sleeping places in which something is due (§5.6).
 * Returns how to stop. A ledger that is away is waited for; nobody is ended for it (I5).
 */
export function watchNode({ users, log, groups, due, orphans, wake }: WatchDeps): () => void {
  let stopped = false
  const wakeAll = (ids: readonly string[]) => Promise.all(ids.map((id) => (stopped ? undefined : wake(id))))
  const round = async (): Promise<void> => {
    try {
      await users.check()
      await groups()
      for (let page = await orphans(''); page.length > 0 && !stopped; page = await orphans(page.at(-1) ?? ''))
        await wakeAll(page)
      await wakeAll((await due()).map(({ place }) => place))
    } catch (error) {
      log('warn', { error: String(error) }, 'the ledger could not be asked')
    }
    if (!stopped) timer = setTimeout(() => void round(), EVERY_MS)
  }
  let timer = setTimeout(() => void round(), 0)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
