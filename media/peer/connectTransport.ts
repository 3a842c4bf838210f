import type { DtlsParameters } from 'mediasoup/types'
import { isRefusal, refuse } from '#schemas/refusals.ts'
import { dtlsParameters } from '../ortc/dtlsParameters.ts'
import { parse } from '../ortc/parse.ts'
import type { Answering } from './answering.ts'
import { attempt } from './attempt.ts'

/** Once for each transport. */
export const connectTransport: Answering<'media.connectTransport'> = async (peer, payload) => {
  const transport = peer.transport(payload.transport)
  if (!transport) return refuse('not_found')
  const read = parse(dtlsParameters, payload.dtlsParameters)
  if (isRefusal(read)) return read
  const connected = await attempt(() => transport.connect({ dtlsParameters: read.ok as DtlsParameters }))
  return isRefusal(connected) ? connected : {}
}
