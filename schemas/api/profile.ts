import { z } from 'zod'
import { limits } from '../limits.ts'
import { line, prose } from '../text.ts'

export const bio = prose(0, limits.bio)

/** An absolute address of the web; anything that could run on a click is none. */
export const webAddress = z
  .string()
  .max(limits.profileUrl)
  .transform((text) => text.trim())
  .refine((text) => {
    if (/[\s\p{Cc}\p{Cf}]/u.test(text)) return false
    const url = URL.parse(text)
    return (url?.protocol === 'https:' || url?.protocol === 'http:') && url.username === '' && url.password === ''
  }, 'an http or https address')

/** `until`: milliseconds, null until taken back. */
export const status = z.object({ text: line(1, limits.statusText), until: z.int().min(0).max(8.64e15).nullable() })
