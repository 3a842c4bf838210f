// npm run bench:media: what one media worker forwards, beside a bare UDP relay. See docs/BENCHMARKS.md.
import { parseArgs } from 'node:util'
import type { Forwarder } from './media/forwarder.ts'
import { freeUdpPort } from './media/freeUdpPort.ts'
import { lossOf, type Measured, measure } from './media/measure.ts'
import { audioRooms, consumersOf, type Plan, packetsPerSecond, screenShare } from './media/plan.ts'
import { openRelay } from './media/relay.ts'
import { openSfu } from './media/sfu.ts'
import { table } from './table.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    /** Viewers of one shared screen, rising; it ends at the first that loses too much. */
    viewers: { type: 'string', default: '25,50,100,150,200,300,400' },
    /** Rooms of ten who all speak. */
    rooms: { type: 'string', default: '1,5,10,20' },
    loss: { type: 'string', default: '0.001' },
  },
})
const seconds = Number(values.seconds)
const mostLoss = Number(values.loss)
const numbers = (list: string) => list.split(',').map(Number)

const forwarders: readonly [string, (plan: Plan, port: number) => Promise<Forwarder>][] = [
  ['1 worker', (plan, port) => openSfu(plan, port, 1)],
  ['2 workers', (plan, port) => openSfu(plan, port, 2)],
  ['relay', openRelay],
]

async function run(plan: Plan, open: (plan: Plan, port: number) => Promise<Forwarder>): Promise<Measured> {
  const toPort = await freeUdpPort()
  const forwarder = await open(plan, toPort)
  try {
    return await measure(plan, forwarder, toPort, seconds)
  } finally {
    await forwarder.close()
  }
}

const head = ['', 'by', 'consumers', 'packets/s', 'lost %', 'per CPU s', 'p50 ms', 'p99 ms', 'unread', 'sender late ms']
const inMs = (us: number) => (us / 1000).toFixed(2)
function row(plan: Plan, by: string, measured: Measured): string[] {
  const { received, cpuMs, p50Us, p99Us, unread, behindUs } = measured
  return [
    plan.name,
    by,
    `${consumersOf(plan)}`,
    Math.round(packetsPerSecond(plan)).toLocaleString('en'),
    (lossOf(measured) * 100).toFixed(3),
    Math.round((received / cpuMs) * 1000).toLocaleString('en'),
    inMs(p50Us),
    inMs(p99Us),
    `${unread}`,
    inMs(behindUs),
  ]
}

const rows: string[][] = []
for (const plans of [numbers(values.viewers).map(screenShare), numbers(values.rooms).map(audioRooms)]) {
  const given = new Set<string>()
  for (const plan of plans)
    for (const [by, open] of forwarders) {
      if (given.has(by)) continue
      const measured = await run(plan, open)
      rows.push(row(plan, by, measured))
      console.log(rows.at(-1)?.join('  '))
      if (lossOf(measured) > mostLoss) given.add(by)
    }
}
console.log(`\n${table(head, rows)}`)
