import { Cluster, Redis, type RedisOptions } from 'ioredis'

export type RedisClient = Redis | Cluster

export type RedisAddress = {
  /** One server: `redis://…` or `rediss://…`, with user, password and database as the URL says. */
  readonly url: string
  /** Several masters of one Redis Cluster as `host:port,host:port`; user and password are the URL's. */
  readonly cluster?: string
}

export type RedisLimits = {
  /** Milliseconds after which a command that has no answer is given up. */
  readonly commandTimeoutMs?: number
  /** Milliseconds of silence, with a command under way, after which the connection is cut: a frozen server is a fault too. 0: never. */
  readonly silenceMs?: number
  readonly connectTimeoutMs?: number
  /** What happens to commands while there is no connection. `wait`: they are kept, without bound, and sent (again) later. */
  readonly whenAway?: 'reject' | 'wait'
  /**
   * The driver subscribes anew by itself after a fault (the default). Nobody waits for that: broken in its midst, it rejects to nobody and is
   * not tried again, so who listens over Redis does it himself, at each `ready`.
   */
  readonly resubscribes?: boolean
  /** Told of every connection fault; the client goes on trying by itself. */
  readonly onFault?: (error: Error) => void
}

const retryDelay = (attempt: number) => Math.min(500, 25 * 2 ** Math.min(attempt, 6)) * (0.75 + Math.random() / 2)

/**
 * A client with time limits, connecting in the background and again after every fault. What was under way when a connection
 * broke is rejected and never sent again behind the caller's back: he has been told that he does not know, and repeats it
 * himself, in his order. While there is no connection every command is rejected at once (see `redisLine`, which waits), but
 * where `whenAway` says otherwise.
 */
export function openRedis({ url, cluster }: RedisAddress, limits: RedisLimits = {}): RedisClient {
  const rejects: RedisOptions = {
    commandTimeout: limits.commandTimeoutMs ?? 2000,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  }
  const options: RedisOptions = {
    ...(limits.whenAway === 'wait' ? { maxRetriesPerRequest: null } : rejects),
    // To the driver 0 is a limit too: none at all is said by leaving it out.
    ...(limits.silenceMs === 0 ? {} : { socketTimeout: limits.silenceMs ?? 3000 }),
    autoResubscribe: limits.resubscribes ?? true,
    connectTimeout: limits.connectTimeoutMs ?? 2000,
    retryStrategy: retryDelay,
    keepAlive: 5000,
  }
  const client = cluster === undefined ? new Redis(url, options) : openCluster(url, cluster, options)
  // Without a listener the driver writes to the console itself.
  client.on('error', (error: Error) => limits.onFault?.(error))
  return client
}

function openCluster(url: string, cluster: string, options: RedisOptions): Cluster {
  const { username, password, protocol } = new URL(url)
  const nodes = cluster.split(',').map((node) => {
    const colon = node.lastIndexOf(':')
    return { host: node.slice(0, colon), port: Number(node.slice(colon + 1)) }
  })
  const { retryStrategy: _, enableOfflineQueue: __, ...perNode } = options
  return new Cluster(nodes, {
    enableOfflineQueue: options.enableOfflineQueue ?? true,
    clusterRetryStrategy: retryDelay,
    slotsRefreshTimeout: 2000,
    redisOptions: {
      ...perNode,
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' && { tls: {} }),
    },
  })
}
