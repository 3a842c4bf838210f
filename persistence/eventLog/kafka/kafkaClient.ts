import { createRequire } from 'node:module'
import { Kafka, logLevel, type SASLOptions } from 'kafkajs'
import type { KafkaSettings } from './kafkaSettings.ts'

type RequestQueue = { pending: readonly unknown[]; scheduleCheckPendingRequests(): void }

/**
 * kafkajs re-arms a 1 ms timer for ever on each idle connection (seen: 11 connections, 3.7 % of a core, and a warning of Node's
 * about negative timeouts). It is needed only while requests wait.
 */
function quietIdleConnections() {
  const queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as { prototype: RequestQueue }
  const arm = queue.prototype.scheduleCheckPendingRequests
  queue.prototype.scheduleCheckPendingRequests = function () {
    if (this.pending.length > 0) arm.call(this)
  }
}
quietIdleConnections()

/** What a client says on its own: a broker that is away is no news, an error of the protocol is. */
export type KafkaNotice = { readonly level: 'error' | 'warn'; readonly message: string; readonly error?: string }

function saslOf({ sasl }: KafkaSettings): SASLOptions | undefined {
  if (sasl === undefined) return undefined
  const { mechanism, username, password } = sasl
  // One object per mechanism: the library's type is a union over them.
  if (mechanism === 'plain') return { mechanism, username, password }
  if (mechanism === 'scram-sha-256') return { mechanism, username, password }
  return { mechanism, username, password }
}

export type KafkaClient = {
  readonly kafka: Kafka
  /** From now on nothing is tried again: what waits for a broker that is away rejects within seconds. */
  giveUp(): void
}

/**
 * The cluster as kafkajs sees it. It tries for ever and gives each request 3 s: an outage is waited for, and a broker that hangs
 * (connected, silent) is left for another within seconds. These limits are set here, on the client itself: only here they
 * cover connecting, and kafkajs has others under `NODE_ENV=test`.
 */
export function kafkaClient(
  settings: KafkaSettings,
  notice: (notice: KafkaNotice) => void = () => undefined,
): KafkaClient {
  const sasl = saslOf(settings)
  const { tls = false } = settings
  let trying = true
  // The library has no other way to end a call that tries for ever: its number of tries is asked for before each.
  const retries = { valueOf: () => (trying ? Number.MAX_SAFE_INTEGER : 0) } as unknown as number
  const kafka = new Kafka({
    clientId: `${settings.prefix}-${process.pid}`,
    brokers: [...settings.brokers],
    ssl: typeof tls === 'boolean' ? tls : { ca: [tls.ca] },
    ...(sasl ? { sasl } : {}),
    connectionTimeout: 1000,
    requestTimeout: 3000,
    retry: { initialRetryTime: 50, maxRetryTime: 1000, retries },
    logLevel: logLevel.WARN,
    logCreator:
      () =>
      ({ level, log }) =>
        notice({
          level: level === logLevel.ERROR ? 'error' : 'warn',
          message: log.message,
          ...(typeof log['error'] === 'string' ? { error: log['error'] } : {}),
        }),
  })
  return {
    kafka,
    giveUp() {
      trying = false
    },
  }
}
