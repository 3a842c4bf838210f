import { createHmac } from 'node:crypto'

/**
 * Credentials by TURN's REST convention, which coturn checks with the same secret: no account, good until `expiresAt`
 * (seconds of Unix time).
 */
export function turnCredentials(secret: string, user: string, expiresAt: number) {
  const username = `${expiresAt}:${user}`
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') }
}
