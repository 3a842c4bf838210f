// A worker's read models on the real log and stores, in a process that kills itself at a random point: in the middle of a write, or after
// it and before its offset. Arguments: what to kill after (batches at most; 0: never), then the Kafka settings as JSON. MYSQL_URL and
// MONGO_URL say where the stores are. Tells its exact point on standard output.
import { flushCompileCache } from 'node:module'
import { openMongoArchive } from '../../archive/mongoArchive.ts'
import { openMysqlDatabase } from '../../database/mysqlDatabase.ts'
import { kafkaEventLog } from '../../eventLog/kafka/kafkaEventLog.ts'
import type { KafkaSettings } from '../../eventLog/kafka/kafkaSettings.ts'
import type { ConsumerGroup } from '../../ports/eventLog.ts'
import { startProjections } from '../../projections/startProjections.ts'

const [most = '0', settings = '{}'] = process.argv.slice(2)
const random = (n: number) => Math.floor(Math.random() * n)
let left = most === '0' ? Number.POSITIVE_INFINITY : 1 + random(Number(most))

function die(where: string): never {
  process.stdout.write(`${where}\n`)
  process.kill(process.pid, 'SIGKILL')
  throw new Error('still alive')
}

/** The same group in small batches, of which one is its last. */
function mortal(group: ConsumerGroup): ConsumerGroup {
  return {
    ...group,
    batchSize: 1 + random(20),
    async handle(batch) {
      left -= 1
      // A batch that fails comes again.
      const last = left <= 0
      if (last && random(3) === 0) setTimeout(() => die(`in the write of ${group.group}`), random(8))
      await group.handle(batch)
      if (last) die(`after the write of ${group.group}`)
    },
  }
}

const log = await kafkaEventLog(JSON.parse(settings) as KafkaSettings)
await startProjections({
  log: { ...log, consume: (group) => log.consume(mortal(group)) },
  db: openMysqlDatabase(process.env['MYSQL_URL'] ?? ''),
  archive: await openMongoArchive(process.env['MONGO_URL'] ?? ''),
  onStopped: (group, reason) => console.error(group, reason),
})
// Who is killed does not come to it.
flushCompileCache()
