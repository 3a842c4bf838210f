/**
 * A mark in a shared store that says which process alone uses it. `take` is a compare-and-set in the store: true if it was
 * free, over, or the same owner's. It lives in the store, so while that is away nobody takes it.
 */
export interface Lease {
  take(owner: string, leaseMs: number): Promise<boolean>
  free(owner: string): Promise<void>
}

const LEASE_MS = 30_000
const EVERY_MS = 5_000

/** Another process has the store. */
export class LeaseTaken extends Error {
  override readonly name = 'LeaseTaken'
}

/**
 * Takes a store for this process and keeps it, or rejects with `LeaseTaken`. A process that slept past the end of its lease and
 * lost it is told by `lost`, and has to end at once. A store that is away is asked again: meanwhile nobody else can have it.
 * An `owner` that comes back (the same data folder after a crash) gets it at once.
 */
export async function holdLease(
  lease: Lease,
  { owner, lost, everyMs = EVERY_MS, leaseMs = LEASE_MS }: HoldOptions,
): Promise<{ release(): Promise<void> }> {
  if (!(await lease.take(owner, leaseMs))) throw new LeaseTaken('another process has this store')
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const renew = async () => {
    const kept = await lease.take(owner, leaseMs).catch(() => true)
    if (kept) next()
    else lost(new LeaseTaken('another process has taken this store meanwhile'))
  }
  const next = () => {
    timer = setTimeout(() => {
      running = renew()
    }, everyMs).unref()
  }
  next()
  return {
    async release() {
      clearTimeout(timer)
      await running
      clearTimeout(timer)
      // One that cannot be given up now is over by itself.
      await lease.free(owner).catch(() => {})
    },
  }
}

export type HoldOptions = {
  readonly owner: string
  readonly lost: (error: LeaseTaken) => void
  readonly everyMs?: number
  readonly leaseMs?: number
}
