import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { askUntil } from '#client/testing/askUntil.ts'
import { type TcpProxy, tcpProxy } from '#client/testing/tcpProxy.ts'
import { mongoForTest } from '#persistence/archive/testing/mongoForTest.ts'
import { s3ForTest } from '#persistence/blobs/testing/s3ForTest.ts'
import { mysqlForTest } from '#persistence/database/testing/mysqlForTest.ts'
import { type LedgerKeys, ledgerKeys } from '#persistence/ledger/redis/ledgerKeys.ts'
import { losableRedis } from '#persistence/ledger/redis/testing/redisUnderTest.ts'
import { listingKeys } from '#persistence/matchmaking/listingKeys.ts'
import { type RedisListings, redisListings } from '#persistence/matchmaking/redisListings.ts'
import { type FaultProxy, faultProxy } from '#persistence/testing/faultProxy.ts'
import { readWorkerSettings, type WorkerSettings } from '#persistence/worker/readWorkerSettings.ts'
import { startWorkerProcess, type WorkerProcess } from '#persistence/worker/testing/startWorkerProcess.ts'
import { newPerson } from '#server/testing/person.ts'
import { type Started, startServer } from '#server/testing/startServer.ts'
import { freePort } from '../../../ops/freePort.ts'
import { sharedServer } from '../../../ops/servers/sharedServer.ts'

export type ClusterNode = Started
type Settings = Readonly<Record<string, string>>

/** The real servers, and as many nodes on them as are started. */
export class Cluster {
  readonly #env: Readonly<Record<string, string>>
  readonly #closers: (() => Promise<unknown>)[] = []
  /** Redis itself, and what lies between it and all nodes and workers. */
  readonly redisServer: Awaited<ReturnType<typeof losableRedis>>
  readonly toRedis: FaultProxy
  readonly #prefix: string
  readonly #keys: LedgerKeys
  #eyes: Redis | undefined
  #listings: RedisListings | undefined

  private constructor(
    env: Readonly<Record<string, string>>,
    redis: Awaited<ReturnType<typeof losableRedis>>,
    toRedis: FaultProxy,
  ) {
    this.#env = env
    this.redisServer = redis
    this.toRedis = toRedis
    this.#prefix = `${env['REDIS_PREFIX']}:`
    this.#keys = ledgerKeys(this.#prefix)
  }

  /** `other`: what is to be reached elsewhere than at the run's servers, by the settings that say where those are. */
  static async open(other: (settings: Settings) => Promise<Settings> = async () => ({})): Promise<Cluster> {
    const [redis, mysql, mongo, s3, { KAFKA_BROKERS = '' }] = await Promise.all([
      losableRedis(),
      mysqlForTest(),
      mongoForTest(),
      s3ForTest(),
      sharedServer('kafka'),
    ])
    const toRedis = await faultProxy(redis.port)
    const name = `t${randomBytes(5).toString('hex')}`
    const env = {
      ...{ REDIS_URL: `redis://127.0.0.1:${toRedis.port}`, REDIS_PREFIX: name },
      ...{ KAFKA_BROKERS, KAFKA_PREFIX: name, KAFKA_REPLICAS: '1', KAFKA_PARTITIONS: '4' },
      ...{ MYSQL_URL: mysql.url, MONGO_URL: mongo.url, S3_ENDPOINT: s3.endpoint, S3_BUCKET: s3.bucket },
      ...{ S3_ACCESS_KEY_ID: s3.accessKeyId, S3_SECRET_ACCESS_KEY: s3.secretAccessKey, S3_REGION: s3.region },
      SECRET: randomBytes(32).toString('hex'),
    }
    const cluster = new Cluster({ ...env, ...(await other(env)) }, redis, toRedis)
    cluster.#closers.push(
      () => toRedis.close(),
      () => redis.server.stop(),
      () => mysql.drop(),
      () => mongo.drop(),
    )
    return cluster
  }

  get mysqlUrl(): string {
    return this.#env['MYSQL_URL'] ?? ''
  }

  /** A connection to the cluster's own Redis, to look into it or to do it harm. */
  redis(): Redis {
    const redis = new Redis(this.#env['REDIS_URL'] ?? '').on('error', () => undefined)
    this.#closers.unshift(async () => redis.disconnect())
    return redis
  }

  /** The process that has the room, by what each says of itself. Rejects while it is in none. */
  async nodeOf(roomId: string, nodes: readonly ClusterNode[]): Promise<ClusterNode> {
    const owner = async () => (await this.recordOf(roomId)).owner
    const name = await askUntil(owner, (it) => it !== '', 'an owner')
    const names = await Promise.all(nodes.map(nameOf))
    const found = nodes[names.indexOf(name)]
    if (!found) throw new Error(`${name} is none of ${names}`)
    return found
  }

  #look(): Redis {
    this.#eyes ??= this.redis()
    return this.#eyes
  }

  /** What the ledger says of a place; the owner is empty if it has none. */
  async recordOf(roomId: string): Promise<{ epoch: number; owner: string; head: number }> {
    const [epoch, owner, head] = await this.#look().hmget(this.#keys.record(roomId), 'epoch', 'owner', 'head')
    return { epoch: Number(epoch), owner: owner ?? '', head: Number(head) }
  }

  /** Epochs under which any process has the place listed for Colyseus. */
  async listingsOf(roomId: string): Promise<number[]> {
    this.#listings ??= redisListings(this.#look(), this.#prefix)
    return (await this.#listings.all()).filter((it) => it.roomId === roomId).map((it) => Number(it.metadata?.epoch))
  }

  /** What a node has listed, by its name in the ledger. */
  listed(node: string): Promise<string[]> {
    return this.#look().smembers(listingKeys(this.#prefix).roomsOf(node))
  }

  /**
   * While `act` runs no node hears another: whoever listens is cut off, and again as soon as he is back, which takes him
   * 37 ms and more. What nodes write stays.
   */
  async withoutHints(act: () => Promise<void>): Promise<void> {
    const redis = this.redis()
    let over = false
    const cutting = (async () => {
      for (; !over; await sleep(5)) await redis.client('KILL', 'TYPE', 'pubsub')
    })()
    try {
      await act()
    } finally {
      over = true
      await cutting
    }
  }

  async startNode(settings: Readonly<Record<string, string>> = {}): Promise<ClusterNode> {
    // Its public address has to be known before it listens.
    const port = await freePort()
    const publicAddress = `127.0.0.1:${port}`
    const own = { PORT: String(port), ORIGIN: `http://${publicAddress}`, PUBLIC_ADDRESS: publicAddress }
    const env = { ...this.#env, ...own, ...settings }
    const node = await startServer({ env })
    // Who ends by himself fails whatever is asked of him afterwards: why is told here.
    node.child.once('exit', (code) => code && console.log(`${node.url} ended (${code}): ${node.stderr().slice(-2000)}`))
    this.#closers.unshift(async () => {
      if (node.child.exitCode === null && node.child.signalCode === null) await node.kill()
      await rm(node.dataDir, { recursive: true, force: true })
    })
    return node
  }

  /** As its workers read what they are given. */
  get settings(): WorkerSettings {
    return readWorkerSettings(this.#workerEnv())
  }
  #workerEnv(): Record<string, string> {
    const { SECRET: _, ...env } = this.#env
    return env
  }

  /** One more worker, when it takes part. */
  async startWorker(): Promise<WorkerProcess> {
    const worker = startWorkerProcess(this.#workerEnv())
    this.#closers.unshift(() => worker.kill())
    await worker.up
    return worker
  }

  /** What stands before the nodes: asks this one until it is aimed at another. */
  async door(node: ClusterNode): Promise<Door> {
    const proxy = await tcpProxy(portOf(node))
    this.#closers.unshift(() => proxy.close())
    return { url: `http://127.0.0.1:${proxy.port}`, proxy, aim: (to) => proxy.aim(portOf(to)) }
  }

  async close(): Promise<void> {
    for (const close of this.#closers) await close()
  }
}

/** The name by which the ledger knows a process. */
async function nameOf({ url }: ClusterNode): Promise<string> {
  const metrics = await (await fetch(`${url}/metrics`)).text()
  return /^studyhub_node_info\{node="([^"]+)"\} 1$/m.exec(metrics)?.[1] ?? ''
}

export type Door = { readonly url: string; readonly proxy: TcpProxy; aim(node: ClusterNode): void }

/** A ledger that is new takes no claims at first (DESIGN §5.6): resolves once rooms can be made. */
export async function whenOpen(node: ClusterNode): Promise<void> {
  const somebody = await newPerson(node.url)
  await askUntil(
    async () => (await somebody.post('/api/rooms', { name: 'The first', kind: 'staying' })).status,
    (status) => status < 300,
    'a ledger that takes claims',
    { limitMs: 60_000, everyMs: 200 },
  )
}

export const portOf = (node: Started): number => Number(new URL(node.url).port)
