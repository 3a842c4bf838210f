/** `npm run media:worker`: gets or builds the media worker. Exit code 0 with its path in the last line, 1 with the reason, 3 if packages are to be installed first. */
import { getWorker } from './getWorker.ts'
import { WorkerProblem } from './WorkerProblem.ts'

try {
  console.log(`media worker: ${await getWorker()}`)
} catch (error) {
  if (!(error instanceof WorkerProblem)) throw error
  console.error(`media worker: ${error.message}`)
  process.exitCode = error.exitCode
}
