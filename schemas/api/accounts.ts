import { z } from 'zod'
import { locales, userRoles } from '../limits.ts'
import { line } from '../text.ts'
import { bio, status, webAddress } from './profile.ts'

/** ≥ 8 characters with a letter, a digit and a special character (A1). */
export const password = z
  .string()
  .min(8)
  .max(128)
  .refine(
    (p) => /\p{L}/u.test(p) && /\p{Nd}/u.test(p) && /[^\p{L}\p{Nd}\s]/u.test(p),
    'letter, digit and special character',
  )

/** NFC, lower case; letters of any script, digits, `_` and `.`; 2-20 characters. */
export const handle = z
  .string()
  .max(80)
  .transform((s) => s.normalize('NFC').trim().toLowerCase().replace(/^@/, ''))
  .pipe(z.string().regex(/^(?=.{2,20}$)[\p{L}\p{Nd}]+(?:[._][\p{L}\p{Nd}]+)*$/u))

export const email = z
  .string()
  .max(254)
  .transform((s) => s.normalize('NFC').trim().toLowerCase())
  .pipe(z.email().max(254))

/** An IANA zone this runtime knows. */
export const timeZone = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone })
      return /^[A-Za-z]/.test(zone)
    } catch {
      return false
    }
  }, 'no such time zone')

export const displayName = line(1, 30)

/** As it was mailed, however it was typed: spaces and hyphens do not count, nor does the case. */
export const emailCode = z
  .string()
  .max(32)
  .transform((s) => s.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase())
  .pipe(z.string().regex(/^[A-Z0-9]{6}$/))

/** Asks for a code by mail. The answer is the same for every address. */
export const codeBody = z.object({
  email,
  purpose: z.enum(['sign-up', 'reset']),
  /** Of the mail, where the address has no account that says better. */
  locale: z.enum(locales).default('ko'),
})
export const codeAnswer = z.object({
  /** The code ends after this, in milliseconds. */
  expiresInMs: z.int(),
  /** Another one may be asked for after this, in milliseconds. */
  againInMs: z.int(),
  /** Development without a mail server only: the folder on the server's machine in which the mail lies. */
  mailFolder: z.string().optional(),
})
export type CodeAnswer = z.infer<typeof codeAnswer>

export const signUpBody = z.object({
  email,
  /** Came to that address by mail; no account is made without. */
  code: emailCode,
  password,
  name: displayName,
  handle,
  timeZone: timeZone.default('Asia/Seoul'),
  locale: z.enum(locales).default('ko'),
})
export const resetBody = z.object({ email, code: emailCode, password })
export const passwordBody = z.object({ current: z.string().min(1).max(128), password })
export const signInBody = z.object({ email, password: z.string().min(1).max(128) })

export const me = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  handle: z.string(),
  timeZone: z.string(),
  /** Hour at which the user's own day begins, 0-23 (T5). */
  dayStartHour: z.int().min(0).max(23),
  locale: z.enum(locales),
  /** Shown only: no request can change it (A5). */
  role: z.enum(userRoles),
  createdAt: z.int(),
  /** Reference for `/avatars/…`. */
  image: z.string().nullable(),
  bio: z.string(),
  url: z.string().nullable(),
  status: z.object({ text: z.string(), until: z.int().nullable() }).nullable(),
})
export type Me = z.infer<typeof me>

/** Asked at each start of a page: being signed out is an answer here, not a refusal. */
export const sessionAnswer = z.object({ me: me.nullable() })

export const profileChange = z.object({
  name: displayName.optional(),
  handle: handle.optional(),
  timeZone: timeZone.optional(),
  dayStartHour: z.int().min(0).max(23).optional(),
  locale: z.enum(locales).optional(),
  bio: bio.optional(),
  url: webAddress.nullable().optional(),
  status: status.nullable().optional(),
})

/** Checked while typing (A1). Of e-mail addresses only the mail that is sent to them tells. */
export const availableQuery = z.strictObject({ handle })
export const availableAnswer = z.object({ available: z.boolean() })
