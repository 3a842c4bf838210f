import { limits } from '#schemas/limits.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { ApiContext } from './apiEnv.ts'

/** The body as JSON, at most 64 KB, read no further than that; anything else is a refusal. No body at all is `{}`. */
export async function jsonBody(c: ApiContext): Promise<{ body: unknown } | Refusal> {
  const declared = Number(c.req.header('content-length') ?? 0)
  if (declared > limits.payloadBytes) return tooLarge
  const stream = c.req.raw.body
  if (stream === null) return { body: {} }
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limits.payloadBytes) {
      reader.cancel().catch(() => {}) // the socket may be gone already
      return tooLarge
    }
    chunks.push(value)
  }
  if (size === 0) return { body: {} }
  // A form of a foreign page can send text/plain without asking first, but not this type.
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
    return refuse('invalid', { reason: 'content-type must be application/json' })
  try {
    return { body: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))) as unknown }
  } catch {
    return refuse('invalid', { reason: 'the body is not JSON' })
  }
}

const tooLarge = refuse('too_large', { maxBytes: limits.payloadBytes })
