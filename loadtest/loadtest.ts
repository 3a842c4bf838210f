// npm run loadtest: users sign up, enter rooms and chat; percentiles at the end. Ends by itself. See docs/BENCHMARKS.md.
import { fork } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startServerChild } from './bench/serverChild.ts'
import { Counts } from './cluster/counts.ts'
import { startRealServers } from './cluster/realServers.ts'
import { studyRival } from './cluster/studyRival.ts'
import type { CrowdReport } from './crowd.ts'
import { ms, percentile } from './percentile.ts'
import { table } from './table.ts'

const { values } = parseArgs({
  options: {
    /** A running server on this machine; without it one is started and thrown away. It must have wide rate limits. */
    url: { type: 'string' },
    /** So many nodes with a worker and all real servers are started instead of a server alone. */
    nodes: { type: 'string' },
    users: { type: 'string', default: '50' },
    'per-room': { type: 'string', default: '10' },
    /** Milliseconds between two messages of one user. */
    every: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '15' },
  },
})
const [users, perRoom, every, seconds] = [values.users, values['per-room'], values.every, values.seconds].map(
  Number,
) as [number, number, number, number]
if (values.url !== undefined && !['127.0.0.1', 'localhost', '[::1]'].includes(new URL(values.url).hostname)) {
  console.error('Only servers on this machine are put under load: give a loopback address.')
  process.exit(1)
}

const stops: (() => Promise<unknown>)[] = []
async function start(): Promise<string[]> {
  if (values.url !== undefined) return [values.url.replace(/\/$/, '')]
  if (values.nodes === undefined) {
    const server = await startServerChild('study')
    stops.unshift(() => server.stop())
    return [server.url]
  }
  const servers = await startRealServers(console.log)
  stops.unshift(() => servers.stop())
  const rival = await studyRival(Number(values.nodes), servers.env(), [], new Counts())
  stops.unshift(() => rival.stop())
  return rival.nodes.map(({ url }) => url)
}
const urls = await start().catch(async (error: unknown) => {
  for (const stop of stops) await stop()
  throw error
})
const [url = ''] = urls
const folder = await mkdtemp(join(tmpdir(), 'studyhub-loadtest-'))
const log = join(folder, 'crowd.log')
const tool = [
  '--endpoint',
  url.replace(/^http/, 'ws'),
  '--roomId',
  'ours',
  '--numClients',
  String(users),
  '--output',
  log,
]
const crowd = fork(fileURLToPath(new URL('./crowd.ts', import.meta.url)), tool, {
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  serialization: 'advanced',
  env: {
    ...process.env,
    TERM: 'xterm',
    CROWD_URLS: urls.join(),
    CROWD_PER_ROOM: `${perRoom}`,
    CROWD_EVERY_MS: `${every}`,
  },
})
let gone = false
const ended = new Promise<void>((resolve) =>
  crowd.once('exit', () => {
    gone = true
    resolve()
  }),
)
const ask = async (): Promise<CrowdReport> => {
  if (gone) throw new Error('the crowd ended before its report')
  const { promise, resolve } = Promise.withResolvers<CrowdReport | null>()
  crowd.once('message', (report) => resolve(report as CrowdReport))
  void ended.then(() => resolve(null))
  crowd.send('report')
  const report = await promise
  if (!report) throw new Error('the crowd ended before its report')
  return report
}

try {
  console.log(
    `${users} users, ${perRoom} to a room, each one message in ${every} ms, ${seconds} s, at ${urls.join(' and ')}`,
  )
  const patience = performance.now() + 30_000 + users * 500
  while ((await ask()).seated < users && performance.now() < patience) await sleep(250)
  const seated = await ask()
  console.log(`${seated.seated} seated`)
  crowd.send('talk')
  await sleep(seconds * 1000)
  crowd.send('stop')
  await sleep(2_000)
  const report = await ask()
  crowd.kill('SIGINT')
  await ended
  const line = (name: string, samples: readonly number[]) => [
    name,
    String(samples.length),
    ...[0.5, 0.95, 0.99].map((share) => ms(percentile([...samples], share))),
  ]
  const rows = [line('enter', report.enter), line('ack', report.ack), line('delivery', report.delivery)]
  console.log(`\n${table(['', 'count', 'p50 ms', 'p95 ms', 'p99 ms'], rows)}`)
  console.log(`\n${report.said} said, ${report.answered} answered, ${report.refused} refused`)
  console.log(`${report.delivered} delivered of ${report.expected}`)
  const summary = (await readFile(log, 'utf8')).match(/(Successful|Failed) connections: \d+/g) ?? []
  console.log(`@colyseus/loadtest: ${summary.join(', ').toLowerCase()}`)
  const whole = report.seated === users && report.refused === 0 && report.delivered === report.expected
  process.exitCode = whole ? 0 : 1
} finally {
  crowd.kill('SIGKILL')
  for (const stop of stops) await stop()
  await rm(folder, { recursive: true, force: true })
}
