import { getWorker } from '../getWorker.ts'

/** Before a run of tests that need the media worker: without one they fail here, with the reason. */
export default async function setup() {
  await getWorker()
}
