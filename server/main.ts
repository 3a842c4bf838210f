// Starts one node. The only place, with wiring/, that knows which halves of the ports are in use.

import { MARKED_DEAD } from '#persistence/process/exitCodes.ts'
import { runProcess } from '#persistence/process/runProcess.ts'
import { readSettings } from './config/readSettings.ts'
import { startNode } from './node/startNode.ts'
import { openCluster } from './wiring/openCluster.ts'
import { openEmbedded } from './wiring/openEmbedded.ts'

await runProcess('StudyHub', readSettings, (settings, log, end) => {
  const gone = end('storage is gone')
  const { cluster, stores, data: dir } = settings
  const open = () => (cluster ? openCluster(cluster, { stores, dir }, log, gone) : openEmbedded(settings, log, gone))
  return startNode(settings, log, open, () => {
    log.fatal('this node was marked dead: it ends, and has to be started anew')
    process.exit(MARKED_DEAD)
  })
})
