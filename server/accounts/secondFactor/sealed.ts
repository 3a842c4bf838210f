import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const keyOf = (secret: string, use: string) => Buffer.from(hkdfSync('sha256', secret, '', `studyhub ${use}`, 32))

/** Encrypts with a key of the server's secret (AES-256-GCM). */
export function seal(secret: string, text: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, 'second factor'), iv)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

/** Throws if it was not sealed with this secret. */
export function unseal(secret: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const cipher = createDecipheriv('aes-256-gcm', keyOf(secret, 'second factor'), bytes.subarray(0, 12))
  cipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8')
}

/** What is stored of a recovery code: useless without the server's secret. */
export const recoveryHash = (secret: string, code: string): string =>
  createHmac('sha256', keyOf(secret, 'recovery code')).update(code).digest('base64url')
