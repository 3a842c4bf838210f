import { type Decoder, decode } from '@colyseus/schema'
import { unpack } from 'msgpackr'
import { limits } from '#schemas/limits.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import { decoderOf, frameOf, frames, type Reservation, takeSeat } from '../bench/wires/colyseusFrames.ts'
import type { Counts } from './counts.ts'
import type { Member } from './rival.ts'

/**
 * One member by raw frames. The one who is `sampled` decodes every patch: how many messages came, when, and when they were
 * stored. The others only note which patches they got.
 */
export async function studyMember(
  seat: Reservation,
  outbox: string,
  counts: Counts,
  sampled: boolean,
  closed: () => void,
): Promise<Member> {
  let decoder: Decoder<StudyState> | undefined
  let head = 0
  let n = 0
  const saidAt = new Map<number, number>()
  const unstored: { number: number; text: string }[] = []

  function read(state: StudyState): void {
    while (head < state.chatHead) {
      const text = state.chat[++head % limits.chatWindow]?.text ?? ''
      unstored.push({ number: head, text })
      if (!counts.open) continue
      counts.sampledRead++
      counts.delivery.push(counts.sinceSaid(text))
    }
    while (unstored[0] !== undefined && unstored[0].number <= state.storedThrough) {
      const { text } = unstored.shift() ?? { text: '' }
      if (counts.open) counts.stored.push(counts.sinceSaid(text))
    }
  }

  const url = `http://${seat.publicAddress}`
  const socket = await takeSeat(url, seat, (code, frame) => {
    if (code === frames.patch) {
      if (counts.open) {
        counts.patches++
        counts.patchBytes += frame.length
      }
      const id = counts.inPatches.got(frame, sampled)
      if (!decoder) return
      decoder.decode(frame, { offset: 1 })
      counts.inPatches.holds(id, decoder.state.chatHead - head)
      read(decoder.state)
    } else if (code === frames.response) {
      const it = { offset: 1 }
      const request = decode.number(frame, it)
      const at = saidAt.get(request)
      saidAt.delete(request)
      if (!counts.open) return
      const reply = unpack(frame.subarray(it.offset + 1)) as { refused?: string }
      if (reply.refused !== undefined) counts.refused++
      else if (at !== undefined) counts.acks.push(performance.now() - at)
    } else if (code === frames.join && sampled) decoder = decoderOf<StudyState>(frame)
    else if (code === frames.state && decoder) {
      decoder.decode(frame, { offset: 1 })
      head = decoder.state.chatHead
    }
  })
  socket.on('close', closed)
  return {
    say() {
      saidAt.set(++n, performance.now())
      socket.send(frameOf(frames.request, 'chat.send', { outbox, n, text: counts.text(), mentions: [] }, n))
    },
    close() {
      socket.off('close', closed)
      socket.terminate()
    },
  }
}
