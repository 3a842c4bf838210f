import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { pendingMigrations } from '../database/migrate.ts'
import { groupsElsewhere } from '../eventLog/kafka/groupsElsewhere.ts'
import { kafkaEventLog } from '../eventLog/kafka/kafkaEventLog.ts'
import { MOST_WAITING } from '../eventLog/kafka/kafkaProducer.ts'
import { openRedisLedger } from '../ledger/redis/openRedisLedger.ts'
import { startParking } from '../parking/startParking.ts'
import { openings } from '../process/openings.ts'
import { StartFault } from '../process/StartFault.ts'
import { startProjections } from '../projections/startProjections.ts'
import { startRetention } from '../retention/startRetention.ts'
import { openWorkerStores } from './openWorkerStores.ts'
import type { WorkerSettings } from './readWorkerSettings.ts'
import { workerHttp } from './workerHttp.ts'

/** Nodes bring the database to its newest form; whoever comes before them looks again. */
const LOOK_AGAIN_MS = 1000

export type Worker = {
  /** Where it answers those who watch it. */
  readonly address: string
  /** Ends after the batches in flight; what was not handled yet comes to another worker, or after the next start. */
  stop(): Promise<void>
}

/**
 * Read models and what has to be swept, for a cluster; any number of workers share the work. Answers as soon as its servers
 * are reached, and is ready once it takes part. Rejects with a StartFault that tells what is to be put right.
 */
export async function startWorker(settings: WorkerSettings, log: Logger): Promise<Worker> {
  const { host, groups, cluster } = settings
  const { opened, closeAll, giveUp } = openings(log)
  let missing: string | null = 'starting'
  try {
    const { db, archive, kept, blobs } = await openWorkerStores(settings, opened)
    const ledger = opened(openRedisLedger(cluster.redis, { prefix: cluster.prefix }), (it) => it.close())
    const events = opened(
      await kafkaEventLog(cluster.kafka, {
        report: ({ group, error }) => log.warn({ group, err: error }, 'read model'),
        notice: ({ level, ...what }) => log[level](what, 'Kafka'),
      }),
      (it) => it.close(),
    )
    const seen = groupsElsewhere(events.positions, groups, async () => undefined)
    const queues = () => ({ event_log: { waiting: events.waiting(), most: MOST_WAITING } })
    const listen = workerHttp({ host, port: settings.port, missing: () => missing, lags: seen.lag, queues })
    const http = opened(await listen.catch(portFault), (it) => it.close())
    missing = 'database'
    for (let told = false; (await pendingMigrations(db)).length > 0; told = true) {
      if (!told) log.info('waits until a node has brought the database to its newest form')
      await sleep(LOOK_AGAIN_MS)
    }
    opened(
      await startProjections({
        ...{ log: events, db, archive, places: { kept, ledger }, only: groups },
        onStopped: (group, reason) => log.error({ group, err: reason }, 'read model stopped'),
      }),
      (it) => it.stop(),
    )
    opened(
      startRetention({
        ...{ db, archive, blobs },
        now: () => ledger.now(),
        swept: (rooms) => rooms > 0 && log.info({ rooms }, 'ended rooms were swept'),
        failed: (error) => log.warn({ err: error }, 'what has ended could not be swept'),
      }),
      (it) => it.stop(),
    )
    opened(
      startParking({
        ...{ kept, ledger },
        now: () => ledger.now(),
        parked: (places) => places > 0 && log.info({ places }, 'idle places were parked'),
        failed: (error) => log.warn({ err: error }, 'idle places could not be parked'),
      }),
      (it) => it.stop(),
    )
    missing = null
    return {
      address: `http://${host.includes(':') ? `[${host}]` : host}:${http.port}`,
      stop() {
        missing = 'draining'
        return closeAll()
      },
    }
  } catch (error) {
    await giveUp()
    throw error
  }
}

function portFault(error: NodeJS.ErrnoException): never {
  throw new StartFault(`The worker cannot listen (${error.code}): set HOST and PORT.`)
}
