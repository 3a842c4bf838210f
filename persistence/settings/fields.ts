import { z } from 'zod'

/** `1` or `0`. */
export const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((v) => v === '1')

export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))

/** Names separated by commas. */
export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)

/** A server's URL; with the name of the database as its path where `named`. */
export const serverUrl = (protocols: readonly string[], example: string, named = true) =>
  z
    .string()
    .max(2048)
    .refine((value) => isServer(value, protocols, named), `must look like ${example}`)

export const webAddress = z
  .string()
  .max(300)
  .refine(isWebAddress, 'must look like https://s3.example.org or http://127.0.0.1:9000')

/** `host:port,host:port`. */
export const servers = (example: string) =>
  list.pipe(
    z
      .array(z.string().regex(/^([\w.-]+|\[[0-9a-f:]+\]):\d{1,5}$/i, `must look like ${example}`))
      .min(1, `must look like ${example}`),
  )

function isServer(value: string, protocols: readonly string[], named: boolean): boolean {
  try {
    const { protocol, hostname, pathname } = new URL(value)
    return protocols.includes(protocol) && hostname !== '' && (!named || /^\/[\w$-]{1,64}$/.test(pathname))
  } catch {
    return false
  }
}

function isWebAddress(value: string): boolean {
  try {
    const { protocol, username, search } = new URL(value)
    return (protocol === 'http:' || protocol === 'https:') && username === '' && search === ''
  } catch {
    return false
  }
}
