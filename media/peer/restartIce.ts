import { isRefusal, refuse } from '#schemas/refusals.ts'
import type { Answering } from './answering.ts'
import { attempt } from './attempt.ts'

export const restartIce: Answering<'media.restartIce'> = async (peer, payload) => {
  const transport = peer.transport(payload.transport)
  if (!transport) return refuse('not_found')
  const restarted = await attempt(() => transport.restartIce())
  if (isRefusal(restarted)) return restarted
  return { iceParameters: restarted.ok, iceServers: peer.place.iceServers(peer) }
}
