import { z } from 'zod'

export const secondFactorView = z.object({
  /** It can be set up here (a setting of the server). */
  offered: z.boolean(),
  on: z.boolean(),
  recoveryCodesLeft: z.int(),
})
export type SecondFactorView = z.infer<typeof secondFactorView>

/** For the app: as a QR code, or typed. */
export const secondFactorSecret = z.object({ uri: z.string(), secret: z.string() })
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })

/** Six digits of the app, or a recovery code. */
export const factorCode = z.string().min(6).max(20)
export const codeBody = z.object({ code: factorCode })
/** The challenge is in the details of the refusal `second_factor`. */
export const challengeBody = z.object({ challenge: z.string().min(1).max(300), code: factorCode })
