// Starts one worker of a cluster: read models, retention. A process that runs alone has its own inside.
import { createLogger } from './process/logger.ts'
import { StartFault } from './process/StartFault.ts'
import { stopOnSignals } from './process/stopOnSignals.ts'
import { readWorkerSettings } from './worker/readWorkerSettings.ts'
import { startWorker } from './worker/startWorker.ts'

try {
  const settings = readWorkerSettings(process.env)
  const log = createLogger(settings.logLevel)
  const end = (what: string) => (error: unknown) => {
    log.fatal({ err: error }, what)
    process.exit(1)
  }
  process.on('uncaughtException', end('uncaught'))
  process.on('unhandledRejection', end('unhandled'))
  const worker = await startWorker(settings, log)
  stopOnSignals(worker, settings.drainMs, log)
  console.log(`StudyHub worker: ${worker.address}`)
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error)
  process.exit(1)
}
