import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartFault } from '#persistence/process/StartFault.ts'

/**
 * The secret that signs sessions: the setting, else the one kept in the data folder (mode 0600), made once. It is never
 * half written: a crash leaves either none or a whole one.
 */
export function keptSecret(data: string, given: string | undefined): string {
  if (given !== undefined) return given
  const path = join(data, 'secret')
  const kept = read(path)
  if (kept !== null) return kept
  const fresh = `${path}.${process.pid}`
  writeFileSync(fresh, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(fresh, path)
  } finally {
    rmSync(fresh, { force: true })
  }
  return read(path) ?? ''
}

function read(path: string): string | null {
  let secret: string
  try {
    secret = readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  if (secret.length < 32)
    throw new StartFault(
      `The file ${path} holds no usable secret. Put its backup back, or delete it: a new one is made and everybody signs in again.`,
    )
  return secret
}
