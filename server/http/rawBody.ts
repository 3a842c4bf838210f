import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { ApiContext } from './apiEnv.ts'
import { headerOf } from './headers.ts'

/** The body's bytes, read no further than `maxBytes`; `too_large` beyond. No body at all is no bytes. */
export async function rawBody(c: ApiContext, maxBytes: number): Promise<Uint8Array | Refusal> {
  const declared = headerOf(c, 'content-length')
  // Node's parser gives no more than was declared, so nothing has to be counted.
  if (c.env?.incoming && declared !== undefined)
    return Number(declared) > maxBytes ? tooLarge(maxBytes) : new Uint8Array(await c.req.arrayBuffer())
  const stream = c.req.raw.body
  const chunks: Uint8Array[] = []
  if (stream === null) return Buffer.concat(chunks)
  let size = 0
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    size += value.byteLength
    if (size > maxBytes) {
      reader.cancel().catch(() => {}) // the socket may be gone already
      return tooLarge(maxBytes)
    }
    chunks.push(value)
  }
}

const tooLarge = (maxBytes: number): Refusal => refuse('too_large', { maxBytes })
