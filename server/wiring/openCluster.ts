import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { groupsElsewhere } from '#persistence/eventLog/kafka/groupsElsewhere.ts'
import { kafkaEventLog } from '#persistence/eventLog/kafka/kafkaEventLog.ts'
import { MOST_WAITING } from '#persistence/eventLog/kafka/kafkaProducer.ts'
import { openMongoKeptPlaces } from '#persistence/keptPlaces/mongoKeptPlaces.ts'
import { openGenerations } from '#persistence/ledger/openGenerations.ts'
import { openRedisLedger } from '#persistence/ledger/redis/openRedisLedger.ts'
import { restoringLedger } from '#persistence/ledger/restoringLedger.ts'
import { wakeRecent } from '#persistence/ledger/wakeRecent.ts'
import { openRedisPresence } from '#persistence/matchmaking/openRedisPresence.ts'
import { RedisFencedDriver } from '#persistence/matchmaking/redisFencedDriver.ts'
import { redisNodeLink } from '#persistence/nodeLink/redisNodeLink.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import { type NodeLink, NodeUnreachable } from '#persistence/ports/nodeLink.ts'
import { redisPresence } from '#persistence/presence/redisPresence.ts'
import { openings } from '#persistence/process/openings.ts'
import { StartFault } from '#persistence/process/StartFault.ts'
import { type ReadModel, readModels } from '#persistence/projections/startProjections.ts'
import { createPublisher, type Publisher } from '#persistence/publish/publisher.ts'
import { publishing } from '#persistence/publish/publishing.ts'
import { reachCluster } from '#persistence/reach/reachCluster.ts'
import { openRedis } from '#persistence/redis/openRedis.ts'
import type { Stores } from '#persistence/settings/storeSettings.ts'
import { redisTries } from '#persistence/tries/redisTries.ts'
import type { ClusterSettings } from '#server/config/readSettings.ts'
import type { Halves } from './halves.ts'
import { openArchive, openBlobs, openDatabase } from './openStores.ts'
import { shareStores } from './takeStores.ts'

/** Servers were reached a moment before: one that is not there now is told, not waited for. */
const OPEN_MS = 20_000
/** Read models without which a ledger that came back may not be used: what was said, whole places, and who was removed from rooms. */
const NEEDED: readonly ReadModel[] = ['messages', 'places', 'rooms']
/** Whoever beat so lately lives. */
const LIVES_MS = 3000

/**
 * One node among others: ledger, links and hints on Redis, the event log on Kafka, all stores shared. It runs no read models: workers
 * do. Rejects with a StartFault that tells in one list what cannot be reached; then all is closed again. `gone` is told when the
 * process has to end.
 */
export async function openCluster(
  cluster: ClusterSettings,
  { stores, dir }: { readonly stores: Stores; readonly dir: string },
  log: Logger,
  gone: (error: Error) => void,
): Promise<Halves> {
  const { opened, closeAll, giveUp } = openings(log)
  const { redis, prefix, kafka, secret, publicAddress } = cluster
  const node = `node-${randomUUID()}`
  const onFault = (error: Error) => log.warn({ err: error }, 'Redis')
  try {
    await shareStores(stores, reachCluster(cluster), opened, gone)
    const db = await openDatabase({ dir, url: stores.mysql }, opened, gone)
    const archive = await openArchive({ dir, url: stores.mongo }, opened, gone)
    if (stores.mongo === null) throw new Error('a cluster has all stores by its settings')
    const kept = opened(await openMongoKeptPlaces(stores.mongo), (it) => it.close())
    const { blobs, serveBlob } = openBlobs({ dir, secret, s3: stores.s3 }, opened)
    const ledger = opened(openRedisLedger(redis, { prefix, onFault }), (it) => it.close())
    const link = opened(redisNodeLink(redis, { prefix, onFault }), (it) => it.close())
    await soon('REDIS_URL', link.open(node))
    await sameSecret(link, ledger, secret)
    const events = opened(
      await soon('KAFKA_BROKERS', kafkaEventLog(kafka, { notice: ({ level, ...what }) => log[level](what, 'Kafka') })),
      (it) => it.close(),
    )
    const presence = opened(redisPresence(redis, { ledger, link }, { prefix, onFault }), (it) => it.close())
    const tries = opened(redisTries(redis, { prefix, secret, onFault }), (it) => it.close())
    let publisher: Publisher
    const published = opened(
      publishing(ledger, () => publisher),
      (it) => it.close(),
    )
    publisher = opened(
      createPublisher({
        ledger,
        log: events,
        onConfirmed: published.confirmed,
        report: (key, error) => log.warn({ key, err: error }, 'not published yet'),
      }),
      (it) => it.close(),
    )
    const models = opened(groupsElsewhere(events.positions, readModels, published.all), (it) => it.close())
    opened(
      openGenerations({
        ledger,
        async archivePassed(stopped) {
          await Promise.all(NEEDED.map((group) => events.positions.caughtUp(group, stopped)))
        },
        wake: () => wakeRecent(kept, ledger),
        opened: (id) => log.info({ generation: id }, 'the ledger is open'),
        failed: (error) => log.warn({ err: error }, 'the ledger could not be opened yet'),
      }),
      (stop) => stop(),
    )
    const hints = opened(openRedisPresence(redis, { onFault }), (it) => it.shutdown())
    await soon('REDIS_URL', hints.ready())
    const driver = opened(new RedisFencedDriver(openRedis(redis, { onFault }), { prefix, node }), (it) => it.shutdown())
    const restoring = restoringLedger(ledger, { kept, keptPassed: (over) => events.positions.caughtUp('places', over) })
    return {
      ...{ ledger: restoring, db, archive, blobs, serveBlob, presence, tries, secret, node, link, readModels: models },
      colyseus: { presence: hints, driver, publicAddress },
      queues: () => ({
        publish: { waiting: publisher.waiting, most: publisher.maxKeys },
        event_log: { waiting: events.waiting(), most: MOST_WAITING },
      }),
      publish: published.publish,
      async close(withinMs) {
        // What is left in the tails any other node publishes; this only makes it sooner.
        await Promise.race([publisher.idle(), sleep(withinMs, undefined, { ref: false })])
        await closeAll()
      },
    }
  } catch (error) {
    await giveUp()
    throw error
  }
}

async function soon<T>(setting: string, opening: Promise<T>): Promise<T> {
  const late = sleep(OPEN_MS, undefined, { ref: false }).then(() => {
    throw new StartFault(`StudyHub cannot start without its servers:\n  ${setting}: was there, and answers no more`)
  })
  return Promise.race([opening, late])
}

/** A session that one node signs has to hold on every other. */
async function sameSecret(link: NodeLink, ledger: Ledger, secret: string): Promise<void> {
  const signed = (nonce: unknown) => createHmac('sha256', secret).update(String(nonce)).digest('base64url')
  link.answer('node.secret', async (nonce) => signed(nonce))
  const living = (await ledger.nodes()).filter(({ silentMs }) => silentMs < LIVES_MS)
  await Promise.all(
    living.map(async ({ node }) => {
      const nonce = randomUUID()
      const answer = await link.ask(node, 'node.secret', nonce).catch((error: unknown) => {
        // Ends just now, or does not answer yet: the next one to start asks it.
        if (error instanceof NodeUnreachable) return null
        throw error
      })
      if (answer !== null && answer !== signed(nonce))
        throw new StartFault('StudyHub cannot start:\n  SECRET: differs from that of the nodes that run')
    }),
  )
}
