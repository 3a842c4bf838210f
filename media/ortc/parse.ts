import type { z } from 'zod'
import { type Refusal, refuse } from '#schemas/refusals.ts'

/** Parses what a client sent, or refuses it: `invalid`, with the first place that is wrong. */
export function parse<T extends z.ZodType>(schema: T, value: unknown): { readonly ok: z.output<T> } | Refusal {
  const { success, data, error } = schema.safeParse(value)
  if (success) return { ok: data }
  return refuse('invalid', { at: error.issues[0]?.path.join('.') ?? '' })
}
