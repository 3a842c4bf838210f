import { z } from 'zod'
import { line } from '../text.ts'
import { email } from './accounts.ts'

/** A session of the caller. The id is not its token. */
export const device = z.object({
  id: z.string(),
  current: z.boolean(),
  /** Signed in with a cookie, or with bearer tokens. */
  kind: z.enum(['web', 'token']),
  userAgent: z.string(),
  /** `Chrome`, `Firefox`…, or the name that a client gave itself; empty if not known. */
  program: z.string(),
  /** `Windows`, `Android`…; empty if not known. */
  system: z.string(),
  phone: z.boolean(),
  /** The address without its last part: `203.0.113.x`; empty if not known. */
  network: z.string(),
  createdAt: z.int(),
  /** Exact to ten minutes. */
  usedAt: z.int(),
})
export type Device = z.infer<typeof device>
export const devices = z.object({ devices: z.array(device) })
export const endedDevices = z.object({ ended: z.int() })

/** For clients without cookies. `code` where a second factor is set up. */
export const tokenBody = z.object({
  email,
  password: z.string().min(1).max(128),
  code: z.string().min(6).max(20).optional(),
  /** How the client is named in the list of devices. */
  device: line(1, 60).optional(),
})
export const refreshBody = z.object({ refreshToken: z.string().min(1).max(300) })

export const tokenPair = z.object({
  accessToken: z.string(),
  /** Milliseconds of the server's clock. */
  accessExpiresAt: z.int(),
  /** Good for one use: a second one ends the session. */
  refreshToken: z.string(),
  refreshExpiresAt: z.int(),
})
export type TokenPair = z.infer<typeof tokenPair>
