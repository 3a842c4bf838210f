import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import type { KafkaSettings } from '../eventLog/kafka/kafkaSettings.ts'
import { kafkaDefaults } from '../eventLog/kafka/kafkaSettings.ts'
import type { RedisAddress } from '../redis/openRedis.ts'
import type { sharedVariables } from './variables.ts'

/** The servers by which several processes are one StudyHub. */
export type ClusterServers = {
  readonly redis: RedisAddress
  /** Before every key and channel. */
  readonly prefix: string
  readonly kafka: KafkaSettings
}

type Values = z.output<z.ZodObject<typeof sharedVariables>>
type Given = Readonly<Record<string, unknown>>

const S3 = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const
const shared = ['REDIS_URL', 'KAFKA_BROKERS', 'MYSQL_URL', 'MONGO_URL', ...S3] as const

/** Told to share the ledger or the event log: then all is shared. */
export const asksForCluster = (given: Given): boolean =>
  Object.keys(given).some((name) => /^(REDIS_(URL|CLUSTER)|KAFKA_BROKERS)$/.test(name))

/** What a cluster lacks: half shared it would lose data silently. `also`: what this kind of process needs beside its servers; `always`: it is nothing without. */
export function halfClusters(given: Given, also: readonly string[] = [], always = false): string[] {
  const faults = [...loginFault(given), ...caFault(given['KAFKA_CA'])]
  if (!always && !asksForCluster(given)) return faults
  const missing = [...shared, ...also].filter((name) => given[name] === undefined)
  return [...faults, ...missing.map((name) => `  ${name}: is needed too where several processes run together`)]
}

export function clusterOf(v: Values): ClusterServers | null {
  if (v.REDIS_URL === undefined || v.KAFKA_BROKERS === undefined) return null
  const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password, KAFKA_MECHANISM: mechanism } = v
  return Object.freeze({
    redis: { url: v.REDIS_URL, ...(v.REDIS_CLUSTER && { cluster: v.REDIS_CLUSTER.join(',') }) },
    prefix: `${v.REDIS_PREFIX}:`,
    kafka: {
      ...kafkaDefaults,
      brokers: v.KAFKA_BROKERS,
      ...(username !== undefined && password !== undefined && { sasl: { username, password, mechanism } }),
      tls: v.KAFKA_CA === undefined ? v.KAFKA_TLS : { ca: readFileSync(v.KAFKA_CA, 'utf8') },
      prefix: v.KAFKA_PREFIX,
      partitions: v.KAFKA_PARTITIONS,
      replicas: v.KAFKA_REPLICAS,
      retentionMs: v.KAFKA_RETENTION_HOURS * 3_600_000,
    },
  })
}

function loginFault(given: Given): string[] {
  const missing = ['KAFKA_USERNAME', 'KAFKA_PASSWORD'].filter((name) => given[name] === undefined)
  return missing.length === 1 ? [`  ${missing[0]}: user and password go together`] : []
}

function caFault(path: unknown): string[] {
  if (typeof path !== 'string') return []
  try {
    readFileSync(path)
    return []
  } catch {
    return ['  KAFKA_CA: this file cannot be read']
  }
}
