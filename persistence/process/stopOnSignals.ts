import type { Logger } from 'pino'

/** The first SIGINT or SIGTERM drains within the time limit, the second ends at once. Data is safe either way. */
export function stopOnSignals(node: { stop(withinMs: number): Promise<void> }, drainMs: number, log: Logger): void {
  let stopping = false
  const stop = async (signal: string): Promise<void> => {
    if (stopping) process.exit(130)
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => {
      console.error(`StudyHub did not drain within ${drainMs / 1000} s and ends now. What was committed is safe.`)
      process.exit(1)
    }, drainMs).unref()
    try {
      await node.stop(drainMs)
      process.exit(0)
    } catch (error) {
      log.fatal({ err: error }, 'stopping failed')
      process.exit(1)
    }
  }
  process.on('SIGINT', () => void stop('SIGINT'))
  process.on('SIGTERM', () => void stop('SIGTERM'))
}
