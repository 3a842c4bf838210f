import { limits } from '#schemas/limits.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { ApiContext } from './apiEnv.ts'
import { headerOf } from './headers.ts'

/** The body as JSON, at most 64 KB, read no further than that; anything else is a refusal. No body at all is `{}`. */
export async function jsonBody(c: ApiContext): Promise<{ body: unknown } | Refusal> {
  const bytes = await bytesOf(c)
  if (bytes === null) return tooLarge
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

/** Null: there are too many. */
async function bytesOf(c: ApiContext): Promise<Uint8Array | null> {
  const declared = headerOf(c, 'content-length')
  // Node's parser gives no more than was declared, so nothing has to be counted.
  if (c.env?.incoming && declared !== undefined)
    return Number(declared) > limits.payloadBytes ? null : new Uint8Array(await c.req.arrayBuffer())
  const stream = c.req.raw.body
  const chunks: Uint8Array[] = []
  if (stream === null) return Buffer.concat(chunks)
  let size = 0
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    size += value.byteLength
    if (size > limits.payloadBytes) {
      reader.cancel().catch(() => {}) // the socket may be gone already
      return null
    }
    chunks.push(value)
  }
}

const tooLarge = refuse('too_large', { maxBytes: limits.payloadBytes })
