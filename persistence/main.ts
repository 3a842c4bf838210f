// Starts one worker of a cluster: read models, retention. A process that runs alone has its own inside.
import { runProcess } from './process/runProcess.ts'
import { readWorkerSettings } from './worker/readWorkerSettings.ts'
import { startWorker } from './worker/startWorker.ts'

await runProcess('StudyHub worker', readWorkerSettings, startWorker)
