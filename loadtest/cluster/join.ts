import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../percentile.ts'
import type { Chat } from './chat.ts'
import { inParallel } from './inParallel.ts'
import type { Member, Rival } from './rival.ts'
import type { StudyRival } from './studyRival.ts'

export type Joined = {
  readonly joins: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly cpuMsEach: number
  /** Memory that a connection keeps on its node, with its share of the room: after collections, before and after. */
  readonly bytesEach: number
}
export type Lobby = Joined & {
  /** Frames to each viewer a second while the rooms talk. */
  readonly framesEach: number
  readonly bytesOfFrame: number
  readonly chat: Chat
}

/** Above the parallel joins, rooms are made few at a time: this is not measured. */
const MAKERS = 8
const LOBBY_SETTLE_MS = 1_000

async function used(rival: Rival, collect: boolean): Promise<{ cpu: number; memory: number }> {
  const all = await Promise.all(rival.nodes.map((node) => node.usage(collect)))
  return { cpu: all.reduce((sum, u) => sum + u.cpu, 0) / 1000, memory: all.reduce((sum, u) => sum + u.memory, 0) }
}

async function storm(rival: Rival, ways: readonly (() => Promise<Member>)[], parallel: number) {
  const times: number[] = []
  const [{ memory }, { cpu }] = [await used(rival, true), await used(rival, false)]
  const from = performance.now()
  const members = await inParallel(
    ways.map((join) => async () => {
      const begun = performance.now()
      const member = await join()
      times.push(performance.now() - begun)
      return member
    }),
    parallel,
  )
  const tookMs = performance.now() - from
  const after = await used(rival, false)
  const { memory: memoryAfter } = await used(rival, true)
  const joined: Joined = {
    joins: ways.length,
    perSecond: (ways.length / tookMs) * 1000,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    cpuMsEach: (after.cpu - cpu) / ways.length,
    bytesEach: (memoryAfter - memory) / ways.length,
  }
  return { joined, members }
}

/** Brings the rooms to this number; all members of the new ones join in one storm. */
export async function joinRooms(
  rival: Rival,
  rooms: Member[][],
  total: number,
  size: number,
  parallel: number,
): Promise<Joined> {
  const first = rooms.length
  const made = await inParallel(
    Array.from({ length: total - first }, (_, i) => () => rival.room(first + i, size)),
    MAKERS,
  )
  const { joined, members } = await storm(rival, made.flat(), parallel)
  for (let at = 0; at < members.length; at += size) rooms.push(members.slice(at, at + size))
  return joined
}

/** A lobby full of viewers beside rooms that talk. */
export async function measureLobby(
  rival: StudyRival,
  viewers: number,
  parallel: number,
  talk: () => Promise<Chat>,
): Promise<Lobby> {
  let [frames, bytes] = [0, 0]
  const seen = (length: number) => {
    frames++
    bytes += length
  }
  const ways = Array.from({ length: viewers }, (_, i) => () => rival.lobby(i, seen))
  const { joined, members } = await storm(rival, ways, parallel)
  await sleep(LOBBY_SETTLE_MS)
  frames = bytes = 0
  const from = performance.now()
  const chat = await talk()
  const tookMs = performance.now() - from
  const lobby = {
    ...joined,
    framesEach: (frames / viewers / tookMs) * 1000,
    bytesOfFrame: bytes / Math.max(1, frames),
    chat,
  }
  for (const member of members) member.close()
  return lobby
}
