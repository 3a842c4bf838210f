import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { sharedServer } from '../../../ops/servers/sharedServer.ts'
import { startServer } from '../../../ops/servers/startServer.ts'
import { eventLogContract } from '../eventLog.contract.ts'
import { kafkaEventLog } from './kafkaEventLog.ts'
import { kafkaDefaults } from './kafkaSettings.ts'

eventLogContract('Kafka', async () => {
  const { KAFKA_BROKERS = '' } = await sharedServer('kafka')
  const settings = {
    ...kafkaDefaults,
    brokers: KAFKA_BROKERS.split(','),
    prefix: `test-${randomUUID()}`,
    replicas: 1,
    partitions: 3,
  }
  let log = await kafkaEventLog(settings)
  return {
    log,
    async reopen() {
      await log.close()
      log = await kafkaEventLog(settings)
      return log
    },
    close: () => log.close(),
    repeats: true,
  }
})

const event = {
  id: 'e',
  type: 'test.happened',
  version: 1,
  key: 'k',
  epoch: 1,
  seq: 1,
  at: 1,
  actor: null,
  data: null,
}

test('LOG-13: brokers that ask for a name and a password get them', async () => {
  const server = await startServer('kafka', '--sasl', 'hub:secret')
  onTestFinished(() => server.stop())
  const brokers = server.settings['KAFKA_BROKERS']?.split(',') ?? []
  const sasl = { mechanism: 'plain', username: 'hub', password: 'secret' } as const
  const log = await kafkaEventLog({ ...kafkaDefaults, brokers, sasl, replicas: 1, partitions: 1 })
  onTestFinished(() => log.close())
  const seen: number[] = []
  const consumer = await log.consume({
    group: 'g',
    batchSize: 10,
    handle: async (batch) => void seen.push(...batch.map(({ seq }) => seq)),
  })
  await log.publish([event])
  await consumer.caughtUp()
  expect(seen).toEqual([1])
})

test('LOG-17 (I5): a reader that the library has given up, after a fault of its own, begins anew', async () => {
  const { KAFKA_BROKERS = '' } = await sharedServer('kafka')
  const of = { brokers: KAFKA_BROKERS.split(','), prefix: `test-${randomUUID()}`, replicas: 1, partitions: 1 }
  const told: unknown[] = []
  const log = await kafkaEventLog({ ...kafkaDefaults, ...of }, { report: ({ error }) => told.push(error) })
  onTestFinished(() => log.close())
  const seen: number[] = []
  let faults = 2
  const consumer = await log.consume({
    group: 'g',
    // Asked for outside of what is tried again: to the library it is as if it had failed itself.
    get batchSize() {
      if (faults-- > 0) throw new TypeError('a fault of the library')
      return 10
    },
    handle: async (batch) => void seen.push(...batch.map(({ seq }) => seq)),
  })
  await log.publish([event])
  await consumer.caughtUp()
  expect(seen).toEqual([1])
  expect(told.map(String)).toEqual(Array(2).fill('KafkaJSNonRetriableError: a fault of the library'))
})
