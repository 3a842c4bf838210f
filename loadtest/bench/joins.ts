import { once } from 'node:events'
import { percentile } from '../percentile.ts'
import { signUpMany } from '../person.ts'
import type { JoinsResult, JoinsTask, Report } from './tasks.ts'
import { matchMake } from './wires/colyseus.ts'
import { frames, type Reservation, takeSeat } from './wires/colyseusFrames.ts'

/** A join: asking for a seat by HTTP, taking it, the whole first state; then a consented leave, which is not timed. */
export async function joins(task: JoinsTask, report: (report: Report) => Promise<void>): Promise<JoinsResult> {
  const { url, parallel } = task
  const seats = await seatsOf(task)
  const times: number[] = []
  let left = task.joins
  const worker = async (k: number) => {
    while (left-- > 0) {
      const begun = performance.now()
      const socket = await takeSeat(url, await seats(k))
      times.push(performance.now() - begun)
      const closed = once(socket, 'close')
      socket.send(Buffer.from([frames.leave]))
      await closed
    }
  }
  await report({ at: 'begin' })
  const from = performance.now()
  await Promise.all(Array.from({ length: parallel }, (_, k) => worker(k)))
  const tookMs = performance.now() - from
  await report({ at: 'end' })
  return { tookMs, p50: percentile(times, 0.5), p99: percentile(times, 0.99) }
}

async function seatsOf({ server, url, parallel }: JoinsTask): Promise<(k: number) => Promise<Reservation>> {
  if (server === 'colyseus') return () => matchMake(url)
  const people = await signUpMany(url, parallel)
  const roomId = (await people[0]?.room({ name: 'Joins', capacity: 100, kind: 'staying' })) ?? ''
  return async (k) => {
    const person = people[k]
    if (!person) throw new Error(`nobody for worker ${k}`)
    return person.enter(roomId)
  }
}
