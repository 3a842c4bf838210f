import type { Logger } from 'pino'
import { createLogger } from './logger.ts'
import { StartFault } from './StartFault.ts'
import { stopOnSignals } from './stopOnSignals.ts'

type Started = { readonly address: string; stop(withinMs: number): Promise<void> }
/** Ends the process at once, and says in the log why. */
export type End = (what: string) => (error: unknown) => void

/**
 * Runs a process until a signal stops it. What nobody caught ends it with exit code 1, and so does a start that fails: a `StartFault`
 * is told by its sentence, all else with its stack.
 */
export async function runProcess<S extends { readonly logLevel: string; readonly drainMs: number }>(
  name: string,
  readSettings: (env: NodeJS.ProcessEnv) => S,
  start: (settings: S, log: Logger, end: End) => Promise<Started>,
): Promise<void> {
  try {
    const settings = readSettings(process.env)
    const log = createLogger(settings.logLevel)
    const end: End = (what) => (error) => {
      log.fatal({ err: error }, what)
      process.exit(1)
    }
    process.on('uncaughtException', end('uncaught'))
    process.on('unhandledRejection', end('unhandled'))
    const started = await start(settings, log, end)
    stopOnSignals(started, settings.drainMs, log)
    console.log(`${name}: ${started.address}`)
  } catch (error) {
    console.error(error instanceof StartFault ? error.message : error)
    process.exit(1)
  }
}
