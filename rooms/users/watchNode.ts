import { LedgerUnavailable } from '#persistence/ports/ledger.ts'
import type { Log } from '#rooms/place/deps.ts'
import { realTimers, type Timers } from '#rooms/place/timers.ts'
import { Postponed } from './postponed.ts'
import type { UserHub } from './userHub.ts'

const EVERY_MS = 5000
/** Due places that are woken in one round. */
const AT_ONCE = 20

export type WatchDeps = {
  readonly users: Pick<UserHub, 'check'>
  readonly log: Log
  /** Compares who sits in the rooms of groups with who is a member. */
  groups(): Promise<void>
  /** Whether the ledger lets places be claimed now. */
  open(): Promise<boolean>
  /** Places in which something is due, the longest first. */
  due(limit: number): Promise<readonly { place: string }[]>
  /** A page of the places that dead nodes left behind, ascending. */
  orphans(after: string): Promise<readonly string[]>
  /** Wakes a sleeping place, so that it does what is due; a live one does so by itself. False: it could not be woken, and that is told. */
  wake(place: string): Promise<boolean>
  readonly timers?: Timers
}

/**
 * At once and then every 5 s: compares this node's connections with the ledger (I13), wakes the places that a dead process
 * left behind, so that its members are returning and leave in time, and sleeping places in which something is due (§5.6).
 * A place that cannot be woken is let be for a while and keeps no other from being woken. Returns how to stop. A ledger that
 * is away is waited for; nobody is ended for it (I5).
 */
export function watchNode(deps: WatchDeps): () => void {
  const { users, log, groups, open, due, orphans, wake, timers = realTimers } = deps
  let stopped = false
  const postponed = new Postponed(() => timers.monotonic())

  const wakeOne = async (place: string): Promise<void> => {
    if (stopped || postponed.has(place)) return
    const woken = await wake(place).catch((error: unknown) => {
      if (error instanceof LedgerUnavailable) throw error
      log('warn', { place, error: String(error) }, 'a place could not be woken')
      return false
    })
    if (woken) postponed.succeeded(place)
    else postponed.failed(place)
  }
  const wakeAll = async (places: readonly string[]): Promise<void> => {
    const away = (await Promise.allSettled(places.map(wakeOne))).find(({ status }) => status === 'rejected')
    if (away?.status === 'rejected') throw away.reason
  }
  const wakeDue = async (): Promise<void> => {
    // Those let be are still the longest due: the others come after them.
    const found = (await due(AT_ONCE + postponed.size)).map(({ place }) => place)
    await wakeAll(found.filter((place) => !postponed.has(place)).slice(0, AT_ONCE))
  }

  const round = async (): Promise<void> => {
    try {
      await users.check()
      // Asks the database too, and without that sleeping places are woken all the same (I5).
      await groups().catch((error: unknown) => {
        if (error instanceof LedgerUnavailable) throw error
        log('warn', { error: String(error) }, 'the rooms of groups could not be compared')
      })
      if (await open()) {
        for (let page = await orphans(''); page.length > 0 && !stopped; page = await orphans(page.at(-1) ?? ''))
          await wakeAll(page)
        await wakeDue()
      }
    } catch (error) {
      log('warn', { error: String(error) }, 'the ledger could not be asked')
    }
    if (!stopped) cancel = timers.after(EVERY_MS, () => void round())
  }
  let cancel = timers.after(0, () => void round())
  return () => {
    stopped = true
    cancel()
  }
}
