import { crc32 } from 'node:zlib'
import { type Decoder, decode } from '@colyseus/schema'
import { unpack } from 'msgpackr'
import { limits } from '#schemas/limits.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import type { Person } from '../../person.ts'
import { decoderOf, frameOf, frames, takeSeat } from './colyseusFrames.ts'
import type { Connect, Tally } from './wire.ts'

type Counted = Pick<Tally, 'open' | 'deliveries' | 'sampledCounted'>

/**
 * A study room's patch is the same bytes for all its clients and holds all messages of a turn. Sampled clients decode every
 * patch and see which message numbers are new; that gives each patch, known by checksum and length, its count. The others
 * only note which patches they got; `settle` adds them up. A patch that no sampled client got counts nothing.
 */
export class Patches {
  readonly #messages = new Map<string, number>()
  readonly #got: string[] = []
  readonly #gotBySampled: string[] = []
  readonly #tally: Counted
  unknown = 0

  constructor(tally: Counted) {
    this.#tally = tally
  }

  got(frame: Buffer, sampled: boolean): string {
    const id = `${crc32(frame)}/${frame.length}`
    if (!this.#tally.open) return id
    this.#got.push(id)
    if (sampled) this.#gotBySampled.push(id)
    return id
  }

  holds(id: string, messages: number): void {
    this.#messages.set(id, messages)
  }

  settle(): void {
    for (const id of this.#got) {
      const messages = this.#messages.get(id)
      if (messages === undefined) this.unknown++
      this.#tally.deliveries += messages ?? 0
    }
    for (const id of this.#gotBySampled) this.#tally.sampledCounted += this.#messages.get(id) ?? 0
    this.#got.length = this.#gotBySampled.length = 0
  }
}

export const studyWire =
  (url: string, tally: Tally, patches: Patches, roomId: string, nextPerson: () => Person): Connect =>
  async (sampled) => {
    const person = nextPerson()
    let decoder: Decoder<StudyState> | undefined
    let head = 0
    let n = 0
    const saidAt = new Map<number, number>()
    const socket = await takeSeat(url, await person.enter(roomId), (code, frame) => {
      if (code === frames.patch) {
        const id = patches.got(frame, sampled)
        if (decoder) {
          decoder.decode(frame, { offset: 1 })
          const { state } = decoder
          patches.holds(id, state.chatHead - head)
          while (head < state.chatHead) tally.read(state.chat[++head % limits.chatWindow]?.text ?? '')
        }
      } else if (code === frames.response) {
        const it = { offset: 1 }
        const request = decode.number(frame, it)
        const reply = unpack(frame.subarray(it.offset + 1)) as { refused?: string }
        if (reply.refused !== undefined) tally.refusals++
        const at = saidAt.get(request)
        if (tally.open && at !== undefined) tally.acks.push(performance.now() - at)
        saidAt.delete(request)
      } else if (code === frames.join && sampled) decoder = decoderOf<StudyState>(frame)
      else if (code === frames.state && decoder) {
        decoder.decode(frame, { offset: 1 })
        head = decoder.state.chatHead
      }
    })
    return {
      say(text) {
        saidAt.set(++n, performance.now())
        const message = { outbox: `bench-${person.id}`, n, text, mentions: [] }
        socket.send(frameOf(frames.request, 'chat.send', message, n))
      },
      close: () => socket.close(),
    }
  }
