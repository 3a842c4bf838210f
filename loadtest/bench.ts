// npm run bench: the real study room beside plain ws, bare Colyseus and Socket.IO. See docs/BENCHMARKS.md.

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runLoad } from './bench/loadChild.ts'
import type { Usage } from './bench/meter.ts'
import { type ServerChild, type ServerName, startServerChild } from './bench/serverChild.ts'
import type { FanOutResult, JoinsResult, Report } from './bench/tasks.ts'
import { ms } from './percentile.ts'
import { table } from './table.ts'

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '100' },
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '10' },
    joins: { type: 'string', default: '500' },
    parallel: { type: 'string', default: '25' },
    rooms: { type: 'string', default: '1000' },
    /** So often joins are measured, ours and bare Colyseus in turn. */
    rounds: { type: 'string', default: '3' },
    /** A folder that gets profiles of the measured times, for devtools (.cpuprofile). The figures are then not to be used. */
    profile: { type: 'string' },
    only: { type: 'string', default: 'ws,colyseus,socketIo,study,joins,idle' },
  },
})
const [clients, rate, seconds, joinCount, parallel, rooms] = (
  ['clients', 'rate', 'seconds', 'joins', 'parallel', 'rooms'] as const
).map((name) => Number(values[name])) as [number, number, number, number, number, number]
const wanted = new Set(values.only.split(','))

async function profiled(child: ServerChild, name: string, at: Report['at']): Promise<void> {
  if (values.profile === undefined) return
  if (at === 'begin') await child.profile({ profile: 'begin' })
  if (at === 'end') await child.profile({ profile: 'end', file: join(values.profile, `${name}.cpuprofile`) })
}

type Measured = FanOutResult & { cpuMs: number; perCpuSecond: number; liveBytes: number; rssBytes: number }

async function measureFanOut(server: ServerName): Promise<Measured> {
  const child = await startServerChild(server)
  const usages: Usage[] = []
  let live = 0
  try {
    const { fanOut } = await runLoad(
      { task: 'fanOut', server, url: child.url, clients, perSecond: rate, warmUpMs: 3_000, measureMs: seconds * 1000 },
      async ({ at }) => {
        if (at !== 'done') usages.push(await child.usage(at === 'ready'))
        await profiled(child, `fanOut-${server}`, at)
        if (at === 'end') live = (await child.usage(true)).memory
      },
    )
    const [ready, begin, end] = usages
    if (!fanOut || !ready || !begin || !end) throw new Error(`${server}: no result`)
    const cpuMs = (end.cpu - begin.cpu) / 1000
    const liveBytes = (live - ready.memory) / clients
    const rssBytes = (begin.rss - ready.rss) / clients
    return { ...fanOut, cpuMs, perCpuSecond: (fanOut.deliveries / cpuMs) * 1000, liveBytes, rssBytes }
  } finally {
    await child.stop()
  }
}

type Joined = JoinsResult & { cpuMs: number }

async function measureJoins(server: 'study' | 'colyseus'): Promise<Joined> {
  const child = await startServerChild(server)
  const usages: Usage[] = []
  try {
    const task = { task: 'joins', server, url: child.url, joins: joinCount, parallel } as const
    const { joins } = await runLoad(task, async ({ at }) => {
      if (at !== 'done') usages.push(await child.usage())
      await profiled(child, `joins-${server}`, at)
    })
    const [begin, end] = usages
    if (joins && begin && end) return { ...joins, cpuMs: (end.cpu - begin.cpu) / 1000 / joinCount }
    throw new Error(`${server}: no result`)
  } finally {
    await child.stop()
  }
}

async function measureIdle() {
  const child = await startServerChild('study')
  const usages: Usage[] = []
  try {
    const task = { task: 'idle', server: 'study', url: child.url, rooms, measureMs: 8_000 } as const
    const { idle } = await runLoad(task, async ({ at }) => {
      if (at !== 'done') usages.push(await child.usage(at === 'ready'))
      await profiled(child, 'idle', at)
    })
    const [ready, begin, end] = usages
    if (!idle || !ready || !begin || !end) throw new Error('idle: no result')
    return { ...idle, share: (end.cpu - begin.cpu) / 1000 / idle.tookMs, bytesPerRoom: (begin.rss - ready.rss) / rooms }
  } finally {
    await child.stop()
  }
}

const names: Record<ServerName, string> = {
  ws: 'plain ws',
  colyseus: 'bare Colyseus broadcast',
  socketIo: 'Socket.IO',
  study: 'StudyHub study room',
}
const goals: string[] = []
const goal = (text: string, met: boolean) => goals.push(`${met ? 'met   ' : 'MISSED'} ${text}`)
const kb = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`

const results = new Map<ServerName, Measured>()
for (const server of ['ws', 'colyseus', 'socketIo', 'study'] as const)
  if (wanted.has(server)) {
    console.log(`measuring ${names[server]} …`)
    results.set(server, await measureFanOut(server))
  }
if (results.size > 0) {
  console.log(`\nOne room of ${clients}, ${rate} messages a second of 120 characters, ${seconds} s\n`)
  const plain = results.get('ws')
  console.log(
    table(
      [
        '',
        'deliveries/s',
        'of expected',
        'per CPU s',
        'x ws',
        'p50 ms',
        'p99 ms',
        'server CPU',
        'live/conn',
        'RSS/conn',
        'load CPU',
      ],
      [...results].map(([server, r]) => [
        names[server],
        Math.round(r.deliveries / seconds).toLocaleString('en'),
        `${((r.deliveries / r.expected) * 100).toFixed(1)} %`,
        Math.round(r.perCpuSecond).toLocaleString('en'),
        plain ? (r.perCpuSecond / plain.perCpuSecond).toFixed(2) : '-',
        ms(r.p50),
        ms(r.p99),
        `${(r.cpuMs / seconds / 10).toFixed(0)} %`,
        kb(r.liveBytes),
        kb(r.rssBytes),
        `${(r.loadShare * 100).toFixed(0)} %`,
      ]),
    ),
  )
  for (const [server, r] of results)
    if (r.sampledRead !== r.sampledCounted || r.unknownPatches > 0)
      console.log(`! ${names[server]}: read ${r.sampledRead}, counted ${r.sampledCounted}, unknown ${r.unknownPatches}`)
  const study = results.get('study')
  if (study) {
    console.log(
      `\nStudyHub: answer to the sender p50 ${ms(study.ackP50)} ms, p99 ${ms(study.ackP99)} ms, ${study.refusals} refused`,
    )
    goal(`p99 of delivery <= 30 ms: ${ms(study.p99)}`, study.p99 <= 30)
    if (plain) {
      const times = study.perCpuSecond / plain.perCpuSecond
      goal(`deliveries per CPU second >= 2.5 x plain ws: ${times.toFixed(2)}`, times >= 2.5)
    }
  }
}
if (wanted.has('joins')) {
  console.log('\nmeasuring joins …')
  const ours: Joined[] = []
  const bare: Joined[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    ours.push(await measureJoins('study'))
    bare.push(await measureJoins('colyseus'))
  }
  console.log(
    `\n${joinCount} joins, ${parallel} at a time, 100 to a room, all stay; ${values.rounds} rounds in turn, means\n`,
  )
  const mean = (list: Joined[], of: (r: Joined) => number) => list.reduce((sum, r) => sum + of(r), 0) / list.length
  const row = (name: string, list: Joined[]) => [
    name,
    mean(list, (r) => (joinCount / r.tookMs) * 1000).toFixed(0),
    mean(list, (r) => r.cpuMs).toFixed(2),
    list.map((r) => r.cpuMs.toFixed(2)).join(' '),
    ms(mean(list, (r) => r.p50)),
    ms(mean(list, (r) => r.p99)),
  ]
  const head = ['', 'joins/s', 'CPU ms/join', 'each', 'p50 ms', 'p99 ms']
  console.log(table(head, [row(names.study, ours), row(names.colyseus, bare)]))
  const times = mean(ours, (r) => r.cpuMs) / mean(bare, (r) => r.cpuMs)
  goal(`CPU per join <= 1.3 x bare Colyseus: ${times.toFixed(2)}`, times <= 1.3)
}
if (wanted.has('idle')) {
  console.log('\nmeasuring idle rooms …')
  const { share, bytesPerRoom, liveBefore, liveAfter } = await measureIdle()
  console.log(`\n${rooms} idle rooms: ${(share * 100).toFixed(2)} % of a core, ${kb(bytesPerRoom)} RSS each`)
  console.log(`live at the beginning ${liveBefore}, at the end ${liveAfter}`)
  goal(`idle rooms <= 0.5 % of a core: ${(share * 100).toFixed(2)} %`, share <= 0.005)
}
console.log(`\nGoals\n${goals.map((line) => `  ${line}`).join('\n')}`)
