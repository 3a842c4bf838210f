import { setTimeout as sleep } from 'node:timers/promises'

type Patience = { readonly limitMs?: number; readonly everyMs?: number }

/**
 * Asks until the answer is as wanted, and gives it: for what tells nobody when it changes, like a page over HTTP or a file.
 * Rejects after `limitMs` (20 s) with what was waited for and the last answer.
 */
export async function askUntil<T>(
  ask: () => T | Promise<T>,
  wanted: (answer: T) => boolean,
  what: string,
  { limitMs = 20_000, everyMs = 20 }: Patience = {},
): Promise<T> {
  for (const until = performance.now() + limitMs; ; await sleep(everyMs)) {
    const answer = await ask()
    if (wanted(answer)) return answer
    if (performance.now() > until) throw new Error(`not within ${limitMs} ms: ${what}; last: ${JSON.stringify(answer)}`)
  }
}
