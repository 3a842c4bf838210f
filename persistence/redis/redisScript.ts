import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** A Lua script as Redis keeps it: by the SHA-1 of its text. */
export type RedisScript = { readonly text: string; readonly sha: string }

/**
 * Reads a script and puts the functions it shares with its neighbours (`prelude.lua` of the same folder) before it: a
 * script may not call another one.
 */
export function redisScript(file: URL): RedisScript {
  const text = `${readFileSync(new URL('./prelude.lua', file), 'utf8')}\n${readFileSync(file, 'utf8')}`
  return { text, sha: createHash('sha1').update(text).digest('hex') }
}
