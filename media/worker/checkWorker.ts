import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** With this the worker ends when Node did not start it (its main.cpp): all its libraries were found then. */
const NOT_STARTED_BY_NODE = 41
const LIMIT_MS = 20_000

/** Starts it for a moment. `undefined`: it runs on this machine; otherwise why not. Says nothing about how it does its work. */
export async function checkWorker(path: string): Promise<string | undefined> {
  const { MEDIASOUP_VERSION: _, ...env } = process.env
  const child = spawn(path, [], { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: LIMIT_MS, killSignal: 'SIGKILL' })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
    if (code === NOT_STARTED_BY_NODE) return undefined
    return said.trim().split('\n')[0] || `it ended with ${signal ?? code}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
