// npm run dead-letters -- GROUP [--replay]: what a read model could not handle and put aside, newest first; --replay gives all of it to
// the group again. On Kafka beside whatever runs; without REDIS_URL and KAFKA_BROKERS on the folder of DATA, whose node has to be stopped.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { kafkaEventLog } from './eventLog/kafka/kafkaEventLog.ts'
import { sqliteEventLog } from './eventLog/sqliteEventLog.ts'
import { openLedgerFile } from './ledger/openLedgerFile.ts'
import type { EventLog } from './ports/eventLog.ts'
import { StartFault } from './process/StartFault.ts'
import { readModels } from './projections/startProjections.ts'
import { lockDataFolder } from './sqlite/lockDataFolder.ts'
import { readWorkerSettings } from './worker/readWorkerSettings.ts'

const SHOWN = 100

async function openLog(): Promise<EventLog> {
  const { REDIS_URL, KAFKA_BROKERS, DATA } = process.env
  if (REDIS_URL || KAFKA_BROKERS) return kafkaEventLog(readWorkerSettings(process.env).cluster.kafka)
  const dir = resolve(DATA || './data')
  const lock = lockDataFolder(dir)
  const file = await openLedgerFile({
    path: join(dir, 'ledger.db'),
    onGone(error) {
      throw error
    },
  })
  const log = sqliteEventLog(file)
  return {
    ...log,
    async close() {
      await log.close()
      await file.close()
      lock.release()
    },
  }
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { replay: { type: 'boolean' } } })
  const group = readModels.find((name) => name === positionals[0])
  if (!group) throw new StartFault(`Say whose: npm run dead-letters -- ${readModels.join('|')} [--replay]`)
  const log = await openLog()
  try {
    const letters = await log.deadLetters(group, SHOWN)
    for (const { event, reason, at } of letters)
      console.log(`${new Date(at).toISOString()}  ${event.key} ${event.seq} ${event.type}: ${reason}`)
    if (letters.length === 0) console.log(`${group} has no dead letters.`)
    else if (values.replay) console.log(`Given again: ${await log.replayDeadLetters(group)}.`)
  } finally {
    await log.close()
  }
}

try {
  await run()
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error)
  process.exitCode = 1
}
