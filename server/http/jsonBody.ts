import { limits } from '#schemas/limits.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { ApiContext } from './apiEnv.ts'
import { headerOf } from './headers.ts'
import { rawBody } from './rawBody.ts'

/** The body as JSON, at most 64 KB, read no further than that; anything else is a refusal. No body at all is `{}`. */
export async function jsonBody(c: ApiContext): Promise<{ body: unknown } | Refusal> {
  const bytes = await rawBody(c, limits.payloadBytes)
  if (isRefusal(bytes)) return bytes
  if (bytes.byteLength === 0) return { body: {} }
  // A form of a foreign page can send text/plain without asking first, but not this type.
  if (!/^application\/json\s*(;|$)/i.test(headerOf(c, 'content-type') ?? ''))
    return refuse('invalid', { reason: 'content-type must be application/json' })
  try {
    return { body: JSON.parse(utf8.decode(bytes)) as unknown }
  } catch {
    return refuse('invalid', { reason: 'the body is not JSON' })
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
