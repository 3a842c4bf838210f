import { randomBytes } from 'node:crypto'
import { sharedServer } from '../../../ops/servers/sharedServer.ts'
import { mongoForTest } from '../../archive/testing/mongoForTest.ts'
import { s3ForTest } from '../../blobs/testing/s3ForTest.ts'
import { migrateMysql } from '../../database/mysqlDatabase.ts'
import { mysqlForTest } from '../../database/testing/mysqlForTest.ts'
import type { KafkaSettings } from '../../eventLog/kafka/kafkaSettings.ts'
import { kafkaDefaults } from '../../eventLog/kafka/kafkaSettings.ts'

export type WorkerSite = {
  /** What a worker process reads. */
  readonly env: Readonly<Record<string, string>>
  readonly kafka: KafkaSettings
  readonly mysql: string
  readonly mongo: string
  drop(): Promise<void>
}

/** The run's real servers, with names of its own in each. `kafka`: brokers of its own. The database is empty where not `migrated`. */
export async function workerSite({
  kafka: given,
  migrated = true,
}: {
  readonly kafka?: string | undefined
  readonly migrated?: boolean
} = {}): Promise<WorkerSite> {
  const [{ REDIS_URL = '' }, { KAFKA_BROKERS = '' }, mysql, mongo, s3] = await Promise.all([
    sharedServer('redis'),
    given === undefined ? sharedServer('kafka') : { KAFKA_BROKERS: given },
    mysqlForTest(),
    mongoForTest(),
    s3ForTest(),
  ])
  if (migrated) await migrateMysql(mysql.url)
  const name = `w${randomBytes(5).toString('hex')}`
  const partitions = 2
  return {
    env: {
      ...{ REDIS_URL, REDIS_PREFIX: name, MYSQL_URL: mysql.url, MONGO_URL: mongo.url },
      ...{ KAFKA_BROKERS, KAFKA_PREFIX: name, KAFKA_REPLICAS: '1', KAFKA_PARTITIONS: String(partitions) },
      ...{ S3_ENDPOINT: s3.endpoint, S3_BUCKET: s3.bucket, S3_REGION: s3.region },
      ...{ S3_ACCESS_KEY_ID: s3.accessKeyId, S3_SECRET_ACCESS_KEY: s3.secretAccessKey },
    },
    kafka: { ...kafkaDefaults, brokers: KAFKA_BROKERS.split(','), prefix: name, replicas: 1, partitions },
    mysql: mysql.url,
    mongo: mongo.url,
    async drop() {
      await mysql.drop()
      await mongo.drop()
    },
  }
}
