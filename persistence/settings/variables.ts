import { z } from 'zod'
import { kafkaDefaults } from '../eventLog/kafka/kafkaSettings.ts'
import { flag, servers, serverUrl, webAddress, whole } from './fields.ts'

const text = z.string().min(1).max(300)
const prefix = z.string().regex(/^[\w.-]{1,64}$/, 'must be letters, digits, ".", "_" or "-"')

/** What nodes and workers read alike: the servers they share, and how a process behaves. */
export const sharedVariables = {
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  /** Folder that keeps everything that is not on a server; created when absent. */
  DATA: z.string().min(1).default('./data'),
  /** Longest drain at a stop. */
  DRAIN_SECONDS: whole(1, 600).default(10),

  /** Stores that are servers of their own; without them the data folder keeps all. */
  MYSQL_URL: serverUrl(['mysql:'], 'mysql://user:password@db.example.org:3306/studyhub').optional(),
  MONGO_URL: serverUrl(['mongodb:', 'mongodb+srv:'], 'mongodb://user:password@db.example.org/studyhub').optional(),
  S3_ENDPOINT: webAddress.optional(),
  /** Where browsers reach the same server, if elsewhere. */
  S3_PUBLIC_ENDPOINT: webAddress.optional(),
  S3_BUCKET: z.string().min(3).max(63).optional(),
  S3_REGION: z.string().min(1).max(63).default('us-east-1'),
  S3_ACCESS_KEY_ID: text.optional(),
  S3_SECRET_ACCESS_KEY: text.optional(),
  /** 1: the bucket is in the path; 0: in the host name, as Amazon wants it. */
  S3_PATH_STYLE: flag.default(true),

  /** Several processes together: the ledger, and what nodes tell each other. */
  REDIS_URL: serverUrl(['redis:', 'rediss:'], 'redis://user:password@redis.example.org:6379', false).optional(),
  /** Masters of one Redis Cluster; user, password and TLS are those of REDIS_URL. */
  REDIS_CLUSTER: servers('a.example.org:6379,b.example.org:6379').optional(),
  /** Before every key, so that several StudyHubs can share a server. */
  REDIS_PREFIX: prefix.default('studyhub'),
  KAFKA_BROKERS: servers('a.example.org:9092,b.example.org:9092').optional(),
  KAFKA_USERNAME: text.optional(),
  KAFKA_PASSWORD: text.optional(),
  KAFKA_MECHANISM: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'], 'must be plain, scram-sha-256 or scram-sha-512')
    .default('plain'),
  KAFKA_TLS: flag.default(false),
  /** File with the certificate authority of one's own, as PEM. */
  KAFKA_CA: z.string().min(1).max(1024).optional(),
  /** Before each topic's and group's name. */
  KAFKA_PREFIX: prefix.default(kafkaDefaults.prefix),
  /** Of the event topic, when it is made. */
  KAFKA_PARTITIONS: whole(1, 1000).default(kafkaDefaults.partitions),
  KAFKA_REPLICAS: whole(1, 10).default(kafkaDefaults.replicas),
  KAFKA_RETENTION_HOURS: whole(1, 24 * 365).default(kafkaDefaults.retentionMs / 3_600_000),
}
