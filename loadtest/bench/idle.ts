import { setTimeout as sleep } from 'node:timers/promises'
import { type Person, signUpMany } from '../person.ts'
import type { IdleResult, IdleTask, Report } from './tasks.ts'

const WORKERS = 8
/** Read models and snapshots of the making are done by then. */
const SETTLE_MS = 2_000

/**
 * An empty room goes to sleep within seconds and then costs nothing at all. To have live rooms in which nothing happens,
 * each is promised a seat (15 s) that nobody takes; the server's own count says how many are live over the measured time.
 */
export async function idle(task: IdleTask, report: (report: Report) => Promise<void>): Promise<IdleResult> {
  const { url } = task
  const people = await signUpMany(url, WORKERS)
  const rooms: string[] = []
  await report({ at: 'ready' })
  await each(people, task.rooms, async (person, i) => {
    const id = await person.room({ name: `Idle ${i}` })
    rooms.push(id)
    await person.enter(id)
  })
  await each(people, rooms.length, (person, i) => person.enter(rooms[i] ?? ''))
  await sleep(SETTLE_MS)
  const liveBefore = await live(url)
  await report({ at: 'begin' })
  const from = performance.now()
  await sleep(task.measureMs)
  const tookMs = performance.now() - from
  await report({ at: 'end' })
  return { liveBefore, liveAfter: await live(url), tookMs }
}

async function each(people: readonly Person[], count: number, run: (person: Person, i: number) => Promise<unknown>) {
  let next = 0
  const worker = async (person: Person) => {
    while (next < count) await run(person, next++)
  }
  await Promise.all(people.map(worker))
}

async function live(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^studyhub_rooms(?:\{[^}]*\})? (\d+)/m.exec(text)?.[1] ?? Number.NaN)
}
