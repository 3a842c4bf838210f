import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holdLease, type Lease, LeaseTaken } from '#persistence/lease/holdLease.ts'
import { mongoLease } from '#persistence/lease/mongoLease.ts'
import { mysqlLease } from '#persistence/lease/mysqlLease.ts'
import { s3Lease } from '#persistence/lease/s3Lease.ts'
import { StoreUnavailable } from '#persistence/ports/storeUnavailable.ts'
import type { Opened } from '#persistence/process/openings.ts'
import { StartFault } from '#persistence/process/StartFault.ts'
import { answered } from '#persistence/reach/answered.ts'
import { onceMore } from '#persistence/reach/onceMore.ts'
import type { Stores } from '#persistence/settings/storeSettings.ts'

type Closing = Lease & { close(): Promise<void> }

/**
 * Without a shared ledger one process alone may use a store, or two would write each other's places away (DESIGN §5.6). Reaches
 * and takes every store that is a server of its own, for the owner of this data folder, until it is closed; a StartFault tells in
 * one list what cannot be reached and what another process has. `lost` is told when another has taken a store meanwhile.
 */
export async function takeStores(
  stores: Stores,
  dir: string,
  opened: Opened,
  lost: (error: Error) => void,
): Promise<void> {
  const { mysql, mongo, s3 } = stores
  if (mysql === null && mongo === null && s3 === null) return
  await takeStoresAs(stores, ownerOf(dir), opened, lost)
}

/** All nodes of a cluster hold the stores together, under this one name. */
const CLUSTER = 'cluster'

/**
 * The same for a node among others, which keeps out only who is alone. `others`: faults of further servers, for the one list. What
 * ends is not given back, for others may hold it still; after the last one it is over by itself.
 */
export const shareStores = (
  stores: Stores,
  others: readonly Promise<string | null>[],
  opened: Opened,
  lost: (error: Error) => void,
): Promise<void> => takeStoresAs(stores, CLUSTER, opened, lost, others)

async function takeStoresAs(
  stores: Stores,
  owner: string,
  opened: Opened,
  lost: (error: Error) => void,
  others: readonly Promise<string | null>[] = [],
): Promise<void> {
  const { mysql, mongo, s3 } = stores
  const leases: [setting: string, open: () => Promise<Closing>][] = []
  if (mysql !== null) leases.push(['MYSQL_URL', async () => mysqlLease(mysql)])
  if (mongo !== null) leases.push(['MONGO_URL', () => mongoLease(mongo)])
  if (s3) leases.push(['S3_ENDPOINT', async () => s3Lease(s3)])
  const take = async ([setting, open]: (typeof leases)[number]) => {
    try {
      const lease = opened(await open(), (it) => it.close())
      const kept = owner === CLUSTER ? { ...lease, free: async () => undefined } : lease
      opened(await onceMore(() => holdLease(kept, { owner, lost })), (it) => it.release())
      return null
    } catch (error) {
      return `  ${setting}: ${reasonOf(error)}`
    }
  }
  const tries = leases.map((lease) => answered(lease[0], take(lease)))
  const faults = (await Promise.all([...others, ...tries])).filter((fault) => fault !== null)
  if (faults.length > 0)
    throw new StartFault(
      `StudyHub cannot start without its ${others.length > 0 ? 'servers' : 'stores'}:\n${faults.join('\n')}`,
    )
}

/** Never the setting's value: it holds a password. */
function reasonOf(error: unknown): string {
  if (error instanceof LeaseTaken)
    return 'another StudyHub uses it; stop that one first (after a crash of its machine: wait half a minute)'
  const { code, name, message } = deepest(error) as Error & { code?: unknown }
  return `cannot be used (${typeof code === 'string' || typeof code === 'number' ? code : name}): ${message}`
}

/** What the driver said: our own errors carry it as their cause. */
const deepest = (error: unknown): unknown => (error instanceof StoreUnavailable ? (error.cause ?? error) : error)

/** Kept in the data folder, so that after a crash the same folder has its stores back at once. */
function ownerOf(dir: string): string {
  const path = join(dir, 'owner')
  const fresh = `${path}.${process.pid}`
  writeFileSync(fresh, randomUUID(), { mode: 0o600, flush: true })
  try {
    linkSync(fresh, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(fresh, { force: true })
  }
  return readFileSync(path, 'utf8')
}
