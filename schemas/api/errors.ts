import { z } from 'zod'
import { type RefusalCode, refusals } from '../refusals.ts'

/** The one error body of the HTTP API. `message` is for developers; screens translate `code`. */
export const errorBody = z.object({
  error: z.object({
    code: z.enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]]),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
})
export type ErrorBody = z.infer<typeof errorBody>
