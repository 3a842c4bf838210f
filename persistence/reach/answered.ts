import { setTimeout as sleep } from 'node:timers/promises'

/** What is wrong with a server in words, or null. Never the setting's value: it may hold a password. */
export type Fault = string | null

/** A server that has not answered by then is told as one that does not: twice a store's own limit, and time for a process that has just started. */
const LIMIT_MS = 8000

/** What the asking finds, or within seconds that there is no answer; a server that is away is asked by some drivers for ever. */
export async function answered(setting: string, asking: Promise<Fault>): Promise<Fault> {
  const over = new AbortController()
  const late = sleep(LIMIT_MS, `  ${setting}: no answer within ${LIMIT_MS / 1000} s`, { signal: over.signal })
  try {
    return await Promise.race([asking, late.catch(() => null)])
  } finally {
    over.abort()
  }
}
