import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holdLease, type Lease, LeaseTaken } from '#persistence/lease/holdLease.ts'
import { mongoLease } from '#persistence/lease/mongoLease.ts'
import { mysqlLease } from '#persistence/lease/mysqlLease.ts'
import { s3Lease } from '#persistence/lease/s3Lease.ts'
import { StoreUnavailable } from '#persistence/ports/storeUnavailable.ts'
import type { Stores } from '#server/config/stores.ts'
import { StartFault } from '#server/node/StartFault.ts'
import type { Opened } from './openStores.ts'

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
  const leases: [setting: string, open: () => Promise<Closing>][] = []
  if (mysql !== null) leases.push(['MYSQL_URL', async () => mysqlLease(mysql)])
  if (mongo !== null) leases.push(['MONGO_URL', () => mongoLease(mongo)])
  if (s3) leases.push(['S3_ENDPOINT', async () => s3Lease(s3)])
  if (leases.length === 0) return
  const owner = ownerOf(dir)
  const tries = leases.map(async ([setting, open]) => {
    try {
      const lease = opened(await open(), (it) => it.close())
      opened(await holdLease(lease, { owner, lost }), (it) => it.release())
      return null
    } catch (error) {
      return `  ${setting}: ${reasonOf(error)}`
    }
  })
  const faults = (await Promise.all(tries)).filter((fault) => fault !== null)
  if (faults.length > 0) throw new StartFault(`StudyHub cannot start without its stores:\n${faults.join('\n')}`)
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
