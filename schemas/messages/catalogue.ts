import type { z } from 'zod'
import type { Refusal } from '../refusals.ts'

/** Requests a room answers: payload and reply by name (feature.verb). */
export type Catalogue = Readonly<Record<string, { readonly payload: z.ZodType; readonly reply: z.ZodType }>>
export type Payload<C extends Catalogue, K extends keyof C> = z.infer<C[K]['payload']>
export type Reply<C extends Catalogue, K extends keyof C> = z.infer<C[K]['reply']>

/** Joins catalogues; the same name twice is a bug and throws at start (a spread would silently keep the last). */
export function mergeCatalogues<const T extends readonly Catalogue[]>(...parts: T): Merged<T> {
  const out: Record<string, unknown> = {}
  for (const part of parts)
    for (const [name, entry] of Object.entries(part)) {
      if (name in out) throw new Error(`message ${name} is defined twice`)
      out[name] = entry
    }
  return out as Merged<T>
}
type Merged<T extends readonly Catalogue[]> = T extends readonly [
  infer A extends Catalogue,
  ...infer R extends Catalogue[],
]
  ? A & Merged<R>
  : unknown

/** The handlers' shape as the SDK reads it from a room's type; see roomShapes.ts. */
export type Requests<C extends Catalogue> = {
  [K in keyof C]: (client: unknown, payload: Payload<C, K>) => Promise<Reply<C, K> | Refusal>
}
