// npm run bench:cluster: real nodes with their real servers under the load of study rooms, a lobby and a dying node, beside
// Socket.IO with the Redis adapter. Ends by itself. See docs/BENCHMARKS.md.
import { parseArgs } from 'node:util'
import { chat, warmUp } from './cluster/chat.ts'
import { Counts } from './cluster/counts.ts'
import { type Joined, joinRooms, measureLobby } from './cluster/join.ts'
import { startRealServers } from './cluster/realServers.ts'
import { printGoals, printRun, type Run } from './cluster/report.ts'
import { returnStorm } from './cluster/returnStorm.ts'
import type { Member, Rival } from './cluster/rival.ts'
import { seedPeople } from './cluster/seedPeople.ts'
import { socketIoRival } from './cluster/socketIoRival.ts'
import { studyRival } from './cluster/studyRival.ts'
import type { Person } from './person.ts'

const { values } = parseArgs({
  options: {
    /** Numbers of nodes, one run after the other; Socket.IO gets as many as the last. */
    nodes: { type: 'string', default: '1,2' },
    /** Study rooms that talk, step by step. */
    rooms: { type: 'string', default: '10,50,100' },
    'per-room': { type: 'string', default: '10' },
    /** Milliseconds between two messages of one member. */
    every: { type: 'string', default: '10000' },
    lobby: { type: 'string', default: '500' },
    /** Joins at a time. */
    parallel: { type: 'string', default: '50' },
    /** Seconds of much talk in the first rooms before anything is measured: a node runs for days, and its first minute is the compiler's. */
    warm: { type: 'string', default: '12' },
    /** Measured time of each step. */
    seconds: { type: 'string', default: '10' },
    /** All rooms are the first node's, so that everybody loses his place when it dies. */
    gather: { type: 'boolean', default: false },
    only: { type: 'string', default: 'study,socketIo,storm' },
    /** A folder that gets profiles of the first node and the worker in each last step; the figures are then not to be used. */
    profile: { type: 'string' },
  },
})
const wanted = new Set(values.only.split(','))
const numbers = (text: string) => text.split(',').map(Number)
const [perRoom, everyMs, lobby, parallel, seconds] = [
  values['per-room'],
  values.every,
  values.lobby,
  values.parallel,
  values.seconds,
].map(Number) as [number, number, number, number, number]
const steps = numbers(values.rooms)
const nodeCounts = numbers(values.nodes)
const say = (line: string) => console.log(line)

/** Its first node and what stands beside it, if profiles are wanted. */
function profileOf({ name, nodes, others }: Rival) {
  if (values.profile === undefined) return []
  const file = (what: string) => `${values.profile}/${name.replace(/\W+/g, '-')}-${what}.cpuprofile`
  return [
    ...nodes.slice(0, 1).map((child) => ({ child, file: file('node') })),
    ...others.map((child) => ({ child, file: file('worker') })),
  ]
}

async function measure(rival: Rival, counts: Counts): Promise<Run> {
  const rooms: Member[][] = []
  const joined: Joined[] = []
  const chats: Run['chats'][number][] = []
  for (const step of steps) {
    joined.push(await joinRooms(rival, rooms, step, perRoom, parallel))
    if (step === steps[0]) await warmUp(rooms, Number(values.warm))
    const profiled = step === steps.at(-1) ? profileOf(rival) : []
    for (const { child } of profiled) await child.profile({ profile: 'begin' })
    chats.push(await chat(rival, counts, rooms, { everyMs, seconds }))
    for (const { child, file } of profiled) await child.profile({ profile: 'end', file })
  }
  return { name: rival.name, nodes: rival.nodes.length, joined, chats, rooms }
}

const servers = await startRealServers(say)
const runs: Run[] = []
let ending = false
const end = async (code: number) => {
  if (ending) return
  ending = true
  await servers.stop()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(1))
try {
  let people: Person[] = []
  for (const nodes of wanted.has('study') ? nodeCounts : []) {
    say(`\nstarts ${nodes} node${nodes === 1 ? '' : 's'} and a worker …`)
    const counts = new Counts()
    const env = servers.env()
    const rival = await studyRival(nodes, env, people, counts, values.gather)
    try {
      if (people.length === 0) {
        const needed = Math.max(...steps) * perRoom
        people = await seedPeople(env, rival.nodes[0]?.url ?? '', needed)
        rival.people.push(...people)
      }
      let run = await measure(rival, counts)
      if (lobby > 0)
        run = {
          ...run,
          lobby: await measureLobby(rival, lobby, parallel, () => chat(rival, counts, run.rooms, { everyMs, seconds })),
        }
      if (nodes > 1 && wanted.has('storm')) run = { ...run, storm: await returnStorm(rival) }
      printRun(run, say)
      runs.push(run)
    } finally {
      await rival.stop()
    }
  }
  if (wanted.has('socketIo')) {
    say('\nstarts Socket.IO …')
    const counts = new Counts()
    const rival = await socketIoRival(nodeCounts.at(-1) ?? 2, servers.redisUrl, counts)
    try {
      const run = await measure(rival, counts)
      printRun(run, say)
      runs.push(run)
    } finally {
      await rival.stop()
    }
  }
  printGoals(runs, say)
  await end(0)
} catch (error) {
  console.error(error)
  await end(1)
}
