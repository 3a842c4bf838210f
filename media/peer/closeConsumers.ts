import type { Answering } from './answering.ts'

/** Those that are gone already count as closed. */
export const closeConsumers: Answering<'media.closeConsumers'> = async (peer, { consumers }) => {
  for (const id of consumers) {
    const consumer = peer.consumers.get(id)
    peer.consumers.delete(id)
    consumer?.close()
  }
  return {}
}
