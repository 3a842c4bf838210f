import { type Draft, type Envelope, MAX_EVENT_BYTES } from '#schemas/events/envelope.ts'

/** The one serialisation of an event: tail and log keep this text and add key, number and epoch beside it. */
export function bodyOf({ id, type, version, at, actor, data }: Draft): string {
  const body = JSON.stringify({ id, type, version, at, actor, data })
  if (Buffer.byteLength(body) > MAX_EVENT_BYTES)
    throw new RangeError(`event ${id} is larger than ${MAX_EVENT_BYTES} bytes`)
  return body
}

export const envelopeOf = (key: string, seq: number, epoch: number, body: string): Envelope => ({
  ...(JSON.parse(body) as Omit<Envelope, 'key' | 'seq' | 'epoch'>),
  key,
  epoch,
  seq,
})
