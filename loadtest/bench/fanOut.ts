import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../percentile.ts'
import { signUpMany } from '../person.ts'
import type { FanOutResult, FanOutTask, Report } from './tasks.ts'
import { colyseusWire } from './wires/colyseus.ts'
import { socketIoWire } from './wires/socketIo.ts'
import { Patches, studyWire } from './wires/study.ts'
import { type Connect, Tally, type Wire } from './wires/wire.ts'
import { wsWire } from './wires/ws.ts'

const TICK_MS = 10
const SAMPLED = 5
const LENGTH = 120

/** Each client speaks in its turn, evenly over time; every message reaches every client. */
export async function fanOut(task: FanOutTask, report: (report: Report) => Promise<void>): Promise<FanOutResult> {
  const tally = new Tally()
  const patches = new Patches(tally)
  const connect = await connector(task, tally, patches)
  await report({ at: 'ready' })
  const wires: Wire[] = []
  for (let i = 0; i < task.clients; i++) wires.push(await connect(i < SAMPLED))

  const speaking = speak(wires, tally, task)
  await sleep(task.warmUpMs)
  await report({ at: 'begin' })
  const cpu = process.cpuUsage()
  const from = performance.now()
  const saidBefore = tally.saidAt.length
  tally.open = true
  await sleep(task.measureMs)
  tally.open = false
  const said = tally.saidAt.length - saidBefore
  const took = performance.now() - from
  const used = process.cpuUsage(cpu)
  await report({ at: 'end' })
  speaking.stop()
  await sleep(200)
  patches.settle()
  for (const wire of wires) wire.close()
  return {
    said,
    deliveries: tally.deliveries,
    expected: said * task.clients,
    sampledRead: tally.sampledRead,
    sampledCounted: tally.sampledCounted,
    unknownPatches: patches.unknown,
    refusals: tally.refusals,
    p50: percentile(tally.latencies, 0.5),
    p99: percentile(tally.latencies, 0.99),
    ackP50: percentile(tally.acks, 0.5),
    ackP99: percentile(tally.acks, 0.99),
    loadShare: (used.user + used.system) / 1000 / took,
  }
}

function speak(wires: readonly Wire[], tally: Tally, { perSecond }: FanOutTask): { stop(): void } {
  const begun = performance.now()
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - begun) * perSecond) / 1000)
    while (tally.saidAt.length < due) {
      const index = tally.saidAt.push(performance.now()) - 1
      wires[index % wires.length]?.say(`${index} `.padEnd(LENGTH, 'x'))
    }
  }, TICK_MS)
  return { stop: () => clearInterval(timer) }
}

async function connector(task: FanOutTask, tally: Tally, patches: Patches): Promise<Connect> {
  const { url, clients } = task
  switch (task.server) {
    case 'ws':
      return wsWire(url, tally)
    case 'socketIo':
      return socketIoWire(url, tally)
    case 'colyseus':
      return colyseusWire(url, tally)
    case 'study': {
      const people = await signUpMany(url, clients)
      const [owner] = people
      if (!owner) throw new Error('no clients')
      const roomId = await owner.room({ name: 'Bench', capacity: clients })
      let next = 0
      return studyWire(url, tally, patches, roomId, () => people[next++] ?? owner)
    }
    default:
      return task.server satisfies never
  }
}
