import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a signature is for: one made for something else is worthless here. */
export type Purpose = 'access' | 'refresh' | 'secondFactor' | 'passkey'

const mac = (secret: string, purpose: Purpose, payload: string) =>
  createHmac('sha256', secret).update(`studyhub ${purpose}\n${payload}`).digest()

/** Text that can be read by all and made by us only. `fields` are free of dots. */
export function signed(secret: string, purpose: Purpose, fields: readonly (string | number)[]): string {
  const payload = fields.join('.')
  return `${payload}.${mac(secret, purpose, payload).toString('base64url')}`
}

/** The fields, if we signed this text for this purpose and there are `count` of them; else null. */
export function verified(secret: string, purpose: Purpose, text: string, count: number): readonly string[] | null {
  const dot = text.lastIndexOf('.')
  if (dot < 1) return null
  const payload = text.slice(0, dot)
  const given = Buffer.from(text.slice(dot + 1), 'base64url')
  const right = mac(secret, purpose, payload)
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null
  const fields = payload.split('.')
  return fields.length === count ? fields : null
}
