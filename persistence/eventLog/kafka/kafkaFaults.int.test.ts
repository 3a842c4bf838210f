import { randomUUID } from 'node:crypto'
import { ConfigResourceTypes } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Envelope } from '#schemas/events/envelope.ts'
import { kafkaClient } from './kafkaClient.ts'
import { kafkaEventLog } from './kafkaEventLog.ts'
import { MOST_WAITING } from './kafkaProducer.ts'
import { kafkaDefaults } from './kafkaSettings.ts'
import { topicsOf } from './kafkaTopics.ts'
import { proxiedBrokers } from './testing/proxiedBrokers.ts'
import { eventOf, recordsKept, traffic } from './testing/traffic.ts'

/** How often each fault strikes: few in CI, more by `FAULTS=50 npm run test:servers -- kafkaFaults`. */
const ROUNDS = Number(process.env['FAULTS'] ?? 3)
const KEYS = 6
/** Where the protocol says that a topic's setting was made for the topic itself. */
const OF_THE_TOPIC = 1
const TIMEOUT_MS = ROUNDS * 60_000 + 120_000

let cluster: Awaited<ReturnType<typeof proxiedBrokers>>
beforeAll(async () => {
  cluster = await proxiedBrokers()
})
afterAll(() => cluster.stop())

/** A log of its own on the cluster, under traffic; `noticed` resolves at the client's next complaint. */
async function underTraffic() {
  const settings = { ...kafkaDefaults, brokers: cluster.brokers, prefix: randomUUID(), partitions: 6 }
  let complaint = Promise.withResolvers<void>()
  const log = await kafkaEventLog(settings, { notice: () => complaint.resolve() })
  const noticed = () => {
    complaint = Promise.withResolvers()
    return complaint.promise
  }
  return { settings, log, noticed, chatter: traffic(log, KEYS) }
}

/** Every acknowledged event is kept, once, in the order of its key. */
async function expectWhole({ settings, log, chatter }: Awaited<ReturnType<typeof underTraffic>>) {
  await chatter.end()
  await log.close()
  const kept = await recordsKept(settings, chatter.acknowledged)
  for (const [key, count] of chatter.acknowledged)
    expect(kept.get(key)).toEqual(Array.from({ length: count }, (_, i) => i + 1))
}

test('LOG-10: a broker that is killed in the middle of a burst loses, doubles and reorders nothing', {
  timeout: TIMEOUT_MS,
}, async () => {
  const under = await underTraffic()
  for (let round = 0; round < ROUNDS; round++) {
    const broker = String(1 + (round % cluster.brokers.length))
    await under.chatter.more(300)
    await cluster.server.run('kill', broker, '-9')
    await under.chatter.more(600)
    await cluster.server.run('start-broker', broker)
  }
  await under.chatter.more(300)
  await expectWhole(under)
})

test('LOG-10: answers that are swallowed and connections that break lose, double and reorder nothing', {
  timeout: TIMEOUT_MS,
}, async () => {
  const under = await underTraffic()
  let swallowed = 0
  for (let round = 0; round < 4 * ROUNDS; round++) {
    const proxy = cluster.proxies[round % cluster.proxies.length]
    if (proxy === undefined) throw new Error('no proxy')
    await under.chatter.more(150)
    proxy.swallowAnswers(true)
    // A broker that leads no partition of these keys is asked nothing: then the traffic goes on.
    swallowed += await Promise.race([proxy.answerSwallowed().then(() => 1), under.chatter.more(600).then(() => 0)])
    proxy.swallowAnswers(false)
    proxy.cut()
  }
  expect(swallowed).toBeGreaterThanOrEqual(ROUNDS)
  await under.chatter.more(300)
  await expectWhole(under)
})

test('LOG-11: with every broker frozen publishing waits, and goes on by itself afterwards', {
  timeout: TIMEOUT_MS,
}, async () => {
  const under = await underTraffic()
  await under.chatter.more(300)
  const noticed = under.noticed()
  await Promise.all(['1', '2', '3'].map((broker) => cluster.server.run('pause', broker)))
  await noticed
  await Promise.all(['1', '2', '3'].map((broker) => cluster.server.run('resume', broker)))
  await under.chatter.more(300)
  await expectWhole(under)
})

test('LOG-14, LOG-15: with every broker frozen what waits is bounded, and the end comes within seconds', {
  timeout: TIMEOUT_MS,
}, async () => {
  const { log, chatter, noticed } = await underTraffic()
  await log.consume({ group: 'readers', batchSize: 20, handle: async () => undefined })
  await chatter.more(300)
  const silent = noticed()
  await Promise.all(['1', '2', '3'].map((broker) => cluster.server.run('pause', broker)))
  try {
    await silent
    const many = Array.from({ length: MOST_WAITING }, (_, i) => eventOf('many', i + 1))
    const kept = log.publish(many.slice(0, MOST_WAITING - 100))
    kept.catch(() => undefined)
    await expect(log.publish(many)).rejects.toThrow('too many')
    expect(log.waiting()).toBeGreaterThanOrEqual(MOST_WAITING - 100)
    expect(log.waiting()).toBeLessThanOrEqual(MOST_WAITING)
    const ended = chatter.end()
    const from = performance.now()
    await log.close()
    expect(performance.now() - from).toBeLessThan(30_000)
    // Whoever waited is told, and has it in the tail.
    await expect(kept).rejects.toThrow()
    await expect(ended).rejects.toThrow()
  } finally {
    await Promise.all(['1', '2', '3'].map((broker) => cluster.server.run('resume', broker)))
  }
})

test('LOG-16: topics that are made here keep what is acknowledged on two brokers, whatever the brokers say by themselves', async () => {
  const settings = { ...kafkaDefaults, brokers: cluster.brokers, prefix: randomUUID(), partitions: 1 }
  const log = await kafkaEventLog(settings)
  await log.close()
  const admin = kafkaClient(settings).kafka.admin()
  await admin.connect()
  for (const name of Object.values(topicsOf(settings))) {
    const { resources } = await admin.describeConfigs({
      resources: [{ type: ConfigResourceTypes.TOPIC, name }],
      includeSynonyms: true,
    })
    const own = resources[0]?.configEntries.filter(({ configSource }) => Number(configSource) === OF_THE_TOPIC)
    const said = Object.fromEntries(own?.map(({ configName, configValue }) => [configName, configValue]) ?? [])
    expect(said).toMatchObject({ 'min.insync.replicas': '2', 'unclean.leader.election.enable': 'false' })
  }
  await admin.disconnect()
})

test('LOG-12: members that come and go in the middle of batches skip nothing', { timeout: TIMEOUT_MS }, async () => {
  const under = await underTraffic()
  const seen = new Map<string, number>()
  const gaps: string[] = []
  const handle = async (batch: readonly Envelope[]) => {
    for (const { key, seq } of batch) {
      const before = seen.get(key) ?? 0
      if (seq > before + 1) gaps.push(`${key}: ${before} then ${seq}`)
      seen.set(key, Math.max(before, seq))
    }
  }
  const join = () => under.log.consume({ group: 'readers', batchSize: 20, handle })
  const staying = await join()
  for (let round = 0; round < ROUNDS; round++) {
    const passing = await join()
    await under.chatter.more(300)
    await passing.stop()
    await under.chatter.more(150)
  }
  await under.chatter.end()
  await staying.caughtUp()
  expect(gaps).toEqual([])
  expect(seen).toEqual(under.chatter.acknowledged)
  expect(await staying.lag()).toBe(0)
  await expectWhole(under)
})
