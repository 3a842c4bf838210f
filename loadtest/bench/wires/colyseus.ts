import { decode } from '@colyseus/schema'
import { unpack } from 'msgpackr'
import { frameOf, frames, type Reservation, takeSeat } from './colyseusFrames.ts'
import type { Connect, Tally } from './wire.ts'

export async function matchMake(url: string): Promise<Reservation> {
  const answer = await fetch(`${url}/matchmake/joinOrCreate/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  if (!answer.ok) throw new Error(`matchmaking: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Reservation
}

/** Each data frame is one message. */
export const colyseusWire =
  (url: string, tally: Tally): Connect =>
  async (sampled) => {
    const socket = await takeSeat(url, await matchMake(url), (code, frame) => {
      if (code !== frames.data || !tally.open) return
      tally.deliveries++
      if (!sampled) return
      tally.sampledCounted++
      const it = { offset: 1 }
      decode.string(frame, it)
      tally.read((unpack(frame.subarray(it.offset)) as { text: string }).text)
    })
    return { say: (text) => socket.send(frameOf(frames.data, 'chat', { text })), close: () => socket.close() }
  }
