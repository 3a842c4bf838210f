import { type Decoder, decode } from '@colyseus/schema'
import { unpack } from 'msgpackr'
import { LiveNotice } from '#rooms/place/liveNotice.ts'
import { limits } from '#schemas/limits.ts'
import { StudyState } from '#schemas/state/studyState.ts'
import { decoderOf, frameOf, frames, type Reservation, takeSeat } from '../bench/wires/colyseusFrames.ts'
import type { Counts } from './counts.ts'
import type { Member } from './rival.ts'

/** The members of one room: what one of them learns of `storedThrough` holds for all. */
export type Roommates = Set<(storedThrough: number) => void>

/** The first bytes of a patch that says nothing but `storedThrough`, as authors get it. */
const STORED = LiveNotice.of(new StudyState()).storedThrough(1).subarray(0, 2)
const isStored = (frame: Buffer) => frame.length <= 7 && frame[0] === STORED[0] && frame[1] === STORED[1]

/**
 * One member by raw frames. The one who is `sampled` decodes every patch: how many messages came, and when. The others only note
 * which patches they got. When a message is stored each author notes for his own.
 */
export async function studyMember(
  seat: Reservation,
  outbox: string,
  counts: Counts,
  sampled: boolean,
  roommates: Roommates,
  closed: () => void,
): Promise<Member> {
  let decoder: Decoder<StudyState> | undefined
  let head = 0
  let n = 0
  const saidAt = new Map<number, number>()
  const unstored: { number: number; at: number }[] = []
  const stored = (through: number) => {
    while (unstored[0] !== undefined && unstored[0].number <= through) {
      if (counts.open) counts.stored.push(performance.now() - unstored[0].at)
      unstored.shift()
    }
  }
  roommates.add(stored)

  function read(state: StudyState): void {
    while (head < state.chatHead) {
      const text = state.chat[++head % limits.chatWindow]?.text ?? ''
      if (!counts.open) continue
      counts.sampledRead++
      counts.delivery.push(counts.sinceSaid(text))
    }
    for (const mate of roommates) mate(state.storedThrough)
  }

  const url = `http://${seat.publicAddress}`
  const socket = await takeSeat(url, seat, (code, frame) => {
    if (code === frames.patch) {
      if (counts.open) {
        counts.patches++
        counts.patchBytes += frame.length
      }
      if (isStored(frame)) stored(decode.number(frame, { offset: 2 }))
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
      const reply = unpack(frame.subarray(it.offset + 1)) as { refused?: string; number?: number }
      if (reply.number !== undefined && at !== undefined) unstored.push({ number: reply.number, at })
      if (!counts.open) return
      if (reply.refused !== undefined) counts.refused++
      else if (at !== undefined) counts.acks.push(performance.now() - at)
    } else if (code === frames.join && sampled) decoder = decoderOf<StudyState>(frame)
    else if (code === frames.state && decoder) {
      decoder.decode(frame, { offset: 1 })
      head = decoder.state.chatHead
    }
  })
  socket.on('close', () => roommates.delete(stored))
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
