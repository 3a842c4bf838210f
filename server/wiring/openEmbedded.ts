import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { openSqliteArchive } from '#persistence/archive/sqliteArchive.ts'
import { diskBlobStore } from '#persistence/blobs/diskBlobStore.ts'
import type { Database } from '#persistence/database/database.ts'
import { migrate } from '#persistence/database/migrate.ts'
import { sqliteMigrationLock } from '#persistence/database/sqliteMigrationLock.ts'
import { sqliteEventLog } from '#persistence/eventLog/sqliteEventLog.ts'
import { openLedgerFile } from '#persistence/ledger/openLedgerFile.ts'
import { sqliteLedger } from '#persistence/ledger/sqliteLedger.ts'
import { memoryPresence } from '#persistence/presence/memoryPresence.ts'
import { startProjections } from '#persistence/projections/startProjections.ts'
import { createPublisher } from '#persistence/publish/publisher.ts'
import { startRetention } from '#persistence/retention/startRetention.ts'
import { sqliteDialect } from '#persistence/sqlite/sqliteDialect.ts'
import { openSqliteWorker } from '#persistence/sqlite/sqliteWorker.ts'
import { migrateAccounts } from '#server/accounts/accountMigrations.ts'
import type { Settings } from '#server/config/readSettings.ts'
import { keptSecret } from '#server/config/secret.ts'
import { asStartFault, takeDataFolder } from './dataFolder.ts'
import type { Halves } from './halves.ts'

/**
 * A new name at every start. The folder's lock makes this process the only one, so the ledger takes all nodes of earlier
 * ones for dead, for good, and this one claims their places at once (§5.6).
 */
const NODE = `embedded-${randomUUID()}`

/**
 * Everything on this machine: ledger and event log in one file, database and archive in one each, read models in this
 * process. Rejects with a StartFault if the folder cannot be used as it is; then all is closed again. `gone` is told when
 * a file's thread has died: nothing works any more and the process has to end.
 */
export async function openEmbedded(
  { data: dir, secret: given }: Pick<Settings, 'data' | 'secret'>,
  log: Logger,
  gone: (error: Error) => void,
): Promise<Halves> {
  const closers: (() => unknown)[] = []
  const opened = <T>(value: T, close: (value: T) => unknown): T => {
    closers.push(() => close(value))
    return value
  }
  const closeAll = async () => {
    for (let close = closers.pop(); close; close = closers.pop()) await close()
  }
  const file = (name: string) => join(dir, name)
  try {
    opened(takeDataFolder(dir), (lock) => lock.release())
    const secret = keptSecret(dir, given)
    const ledgerFile = opened(await openLedgerFile({ path: file('ledger.db'), onGone: gone }), (it) => it.close())
    const databaseFile = opened(await openSqliteWorker({ path: file('studyhub.db'), onGone: gone }), (it) => it.close())
    const archive = opened(await openSqliteArchive(file('archive.db'), gone), (it) => it.close())
    const db = opened(new Kysely<Database>({ dialect: sqliteDialect(databaseFile) }), (it) => it.destroy())
    await migrate(db, { lock: sqliteMigrationLock(file('studyhub.db')), before: () => migrateAccounts(db) })

    const blobs = opened(diskBlobStore({ folder: file('blobs'), secret }), (it) => it.close())
    const ledger = opened(sqliteLedger(ledgerFile), (it) => it.close())
    const presence = opened(memoryPresence(ledger), (it) => it.close())
    const report = ({ group, error }: { group: string; error: unknown }) =>
      log.warn({ group, err: error }, 'read model')
    const events = opened(sqliteEventLog(ledgerFile, { report }), (it) => it.close())
    const publisher = opened(createPublisher({ ledger, log: events }), (it) => it.close())
    const readModels = opened(
      await startProjections({
        log: events,
        db,
        archive,
        onStopped: (group, reason) => log.error({ group, err: reason }, 'read model stopped'),
      }),
      (it) => it.stop(),
    )
    opened(
      startRetention({
        db,
        archive,
        blobs,
        now: () => ledger.now(),
        swept: (rooms) => rooms > 0 && log.info({ rooms }, 'ended rooms were swept'),
        failed: (error) => log.warn({ err: error }, 'what has ended could not be swept'),
      }),
      (it) => it.stop(),
    )
    return {
      ...{ ledger, db, archive, blobs, presence, secret, node: NODE },
      serveBlob: (request) => blobs.handleBlobRequest(request),
      readModels: { lag: () => readModels.lags(), caughtUp: () => readModels.caughtUp() },
      async publish(key) {
        const { head, confirmed } = await ledger.marks(key)
        publisher.publish(key, { version: head, confirmed })
        return confirmed
      },
      async close(withinMs) {
        if (closers.length > 0) await Promise.race([readModels.caughtUp(), sleep(withinMs, undefined, { ref: false })])
        await closeAll()
      },
    }
  } catch (error) {
    await closeAll()
    throw asStartFault(error, dir)
  }
}
