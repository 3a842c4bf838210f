import { once } from 'node:events'
import type WebSocket from 'ws'
import { percentile } from '../percentile.ts'
import { signUpMany } from '../person.ts'
import type { JoinsResult, JoinsTask, Report } from './tasks.ts'
import { matchMake } from './wires/colyseus.ts'
import { frames, type Reservation, takeSeat } from './wires/colyseusFrames.ts'

/** Seats in one room, for both. */
const PER_ROOM = 100

/**
 * A join: asking for a seat by HTTP, taking it, the whole first state; who has joined stays. Everybody has joined and left
 * once before, so that the code is warm and no room is new.
 */
export async function joins(task: JoinsTask, report: (report: Report) => Promise<void>): Promise<JoinsResult> {
  const { url } = task
  const seatOf = await seats(task)
  const times: number[] = []
  const join = async (k: number) => {
    const begun = performance.now()
    const socket = await takeSeat(url, await seatOf(k))
    times.push(performance.now() - begun)
    return socket
  }
  await each(task, async (k) => leave(await join(k)))
  times.length = 0
  const sockets: WebSocket[] = []
  await report({ at: 'begin' })
  const from = performance.now()
  await each(task, async (k) => void sockets.push(await join(k)))
  const tookMs = performance.now() - from
  await report({ at: 'end' })
  for (const socket of sockets) socket.terminate()
  return { tookMs, p50: percentile(times, 0.5), p99: percentile(times, 0.99) }
}

async function each({ joins, parallel }: JoinsTask, run: (k: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < joins) await run(next++)
  }
  await Promise.all(Array.from({ length: parallel }, worker))
}

async function leave(socket: WebSocket): Promise<void> {
  const closed = once(socket, 'close')
  socket.send(Buffer.from([frames.leave]))
  await closed
}

async function seats({ server, url, joins }: JoinsTask): Promise<(k: number) => Promise<Reservation>> {
  if (server === 'colyseus') return () => matchMake(url)
  const people = await signUpMany(url, joins)
  const rooms: string[] = []
  for (let i = 0; i * PER_ROOM < joins; i++) {
    const facts = { name: `Joins ${i}`, capacity: PER_ROOM, kind: 'staying' }
    rooms.push((await people[i * PER_ROOM]?.room(facts)) ?? '')
  }
  return async (k) => {
    const person = people[k]
    if (!person) throw new Error(`nobody for join ${k}`)
    return person.enter(rooms[Math.floor(k / PER_ROOM)] ?? '')
  }
}
