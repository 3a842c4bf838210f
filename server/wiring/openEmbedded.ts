import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { sqliteEventLog } from '#persistence/eventLog/sqliteEventLog.ts'
import { openLedgerFile } from '#persistence/ledger/openLedgerFile.ts'
import { sqliteLedger } from '#persistence/ledger/sqliteLedger.ts'
import { aloneLink } from '#persistence/nodeLink/aloneLink.ts'
import { memoryPresence } from '#persistence/presence/memoryPresence.ts'
import { openings } from '#persistence/process/openings.ts'
import { startProjections } from '#persistence/projections/startProjections.ts'
import { createPublisher } from '#persistence/publish/publisher.ts'
import { startRetention } from '#persistence/retention/startRetention.ts'
import { embeddedStores } from '#persistence/settings/storeSettings.ts'
import { memoryTries } from '#persistence/tries/memoryTries.ts'
import type { Settings } from '#server/config/readSettings.ts'
import { keptSecret } from '#server/config/secret.ts'
import { asStartFault, takeDataFolder } from './dataFolder.ts'
import type { Halves } from './halves.ts'
import { openArchive, openBlobs, openDatabase } from './openStores.ts'
import { takeStores } from './takeStores.ts'

/**
 * A new name at every start. The folder's lock makes this process the only one, so the ledger takes all nodes of earlier
 * ones for dead, for good, and this one claims their places at once (§5.6).
 */
const NODE = `embedded-${randomUUID()}`

/**
 * One process: ledger and event log in one file, read models beside them; database, archive and blobs in the same folder, or
 * each on a server of its own that this process has to itself. Rejects with a StartFault if folder or servers cannot be used as
 * they are; then all is closed again. `gone` is told when a file's thread has died, or another process has taken a server:
 * nothing works any more and the process has to end.
 */
export async function openEmbedded(
  {
    data: dir,
    secret: given,
    stores = embeddedStores,
  }: Pick<Settings, 'data' | 'secret'> & Partial<Pick<Settings, 'stores'>>,
  log: Logger,
  gone: (error: Error) => void,
): Promise<Halves> {
  const { opened, closeAll, giveUp } = openings(log)
  try {
    opened(takeDataFolder(dir), (lock) => lock.release())
    const secret = keptSecret(dir, given)
    const ledgerFile = opened(await openLedgerFile({ path: join(dir, 'ledger.db'), onGone: gone }), (it) => it.close())
    await takeStores(stores, dir, opened, gone)
    const db = await openDatabase({ dir, url: stores.mysql }, opened, gone)
    const archive = await openArchive({ dir, url: stores.mongo }, opened, gone)
    const { blobs, serveBlob } = openBlobs({ dir, secret, s3: stores.s3 }, opened)
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
    let closed = false
    return {
      ...{
        ledger,
        db,
        archive,
        blobs,
        serveBlob,
        presence,
        tries: memoryTries(),
        secret,
        node: NODE,
        link: aloneLink(),
        colyseus: null,
      },
      queues: () => ({ publish: { waiting: publisher.waiting, most: publisher.maxKeys } }),
      readModels: { lag: () => readModels.lags(), caughtUp: () => readModels.caughtUp() },
      async publish(key) {
        const { head, confirmed } = await ledger.marks(key)
        publisher.publish(key, { version: head, confirmed })
        return confirmed
      },
      async close(withinMs) {
        if (!closed) await Promise.race([readModels.caughtUp(), sleep(withinMs, undefined, { ref: false })])
        closed = true
        await closeAll()
      },
    }
  } catch (error) {
    await giveUp()
    throw asStartFault(error, dir)
  }
}
