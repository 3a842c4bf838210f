// Starts one node. The only place, with wiring/, that knows which halves of the ports are in use.

import { MARKED_DEAD } from '#persistence/process/exitCodes.ts'
import { createLogger } from '#persistence/process/logger.ts'
import { StartFault } from '#persistence/process/StartFault.ts'
import { stopOnSignals } from '#persistence/process/stopOnSignals.ts'
import { readSettings } from './config/readSettings.ts'
import { startNode } from './node/startNode.ts'
import { openCluster } from './wiring/openCluster.ts'
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
  const gone = end('storage is gone')
  const { cluster, stores, data: dir } = settings
  const open = () => (cluster ? openCluster(cluster, { stores, dir }, log, gone) : openEmbedded(settings, log, gone))
  const node = await startNode(settings, log, open, () => {
    log.fatal('this node was marked dead: it ends, and has to be started anew')
    process.exit(MARKED_DEAD)
  })
  stopOnSignals(node, settings.drainMs, log)
  console.log(`StudyHub: ${node.address}`)
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error)
  process.exit(1)
}
