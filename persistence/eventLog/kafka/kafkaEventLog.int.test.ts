import { randomUUID } from 'node:crypto'
import { sharedServer } from '../../../ops/servers/sharedServer.ts'
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
  }
})
