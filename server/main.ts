// Starts one node. The only place, with wiring/, that knows which halves of the ports are in use.
import { readSettings } from './config/readSettings.ts'
import { createLogger } from './node/logger.ts'
import { StartFault } from './node/StartFault.ts'
import { startNode } from './node/startNode.ts'
import { stopOnSignals } from './node/stopOnSignals.ts'
import { openEmbedded } from './wiring/openEmbedded.ts'

try {
  const settings = readSettings(process.env)
  const log = createLogger(settings.logLevel)
  const end = (what: string) => (error: unknown) => {
    log.fatal({ err: error }, what)
    process.exit(1)
  }
  process.on('uncaughtException', end('uncaught'))
  process.on('unhandledRejection', end('unhandled'))
  const node = await startNode(settings, log, () => openEmbedded(settings, log, end('storage is gone')))
  stopOnSignals(node, settings.drainMs, log)
  console.log(`StudyHub: ${node.address}`)
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error)
  process.exit(1)
}
