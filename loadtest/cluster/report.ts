import { ms } from '../percentile.ts'
import { table } from '../table.ts'
import type { Chat, Percentiles } from './chat.ts'
import type { Joined, Lobby } from './join.ts'
import type { Storm } from './returnStorm.ts'
import type { Member } from './rival.ts'

export type Run = {
  readonly name: string
  readonly nodes: number
  readonly joined: readonly Joined[]
  readonly chats: readonly Chat[]
  readonly rooms: readonly (readonly Member[])[]
  readonly lobby?: Lobby
  readonly storm?: Storm
}

type Say = (line: string) => void

const three = ({ p50, p95, p99 }: Percentiles) => `${ms(p50)} / ${ms(p95)} / ${ms(p99)}`
/** CPU seconds per 1,000 deliveries. */
const cost = (chat: Chat) => chat.cpuMs / chat.deliveries
const perCpuSecond = (chat: Chat) => 1000 / cost(chat)
const kb = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`
const share = (chat: Chat, cpuMs: number) => `${((cpuMs / chat.tookMs) * 100).toFixed(0)} %`

const chatHead = [
  'rooms',
  'deliveries/s',
  'of expected',
  'CPU s/1,000',
  'nodes',
  'worker',
  'load',
  'ack ms',
  'delivery ms',
  'stored ms',
  'bytes/patch',
]
const chatRow = (rooms: string, chat: Chat) => [
  rooms,
  ((chat.deliveries / chat.tookMs) * 1000).toFixed(0),
  `${((chat.deliveries / chat.expected) * 100).toFixed(1)} %`,
  cost(chat).toFixed(3),
  share(chat, chat.cpuMs),
  share(chat, chat.othersCpuMs),
  `${(chat.loadShare * 100).toFixed(0)} %`,
  three(chat.ack),
  three(chat.delivery),
  three(chat.stored),
  chat.patchBytes.toFixed(0),
]
const joinHead = ['joins', 'joins/s', 'p50 ms', 'p99 ms', 'CPU ms/join', 'live/conn']
const joinRow = (name: string, it: Joined) => [
  `${name} ${it.joins}`,
  it.perSecond.toFixed(0),
  ms(it.p50),
  ms(it.p99),
  it.cpuMsEach.toFixed(2),
  kb(it.bytesEach),
]

export function printRun(run: Run, say: Say): void {
  const { name, joined, chats, lobby, storm } = run
  say(`\n${name} (p50 / p95 / p99)\n`)
  const rows = chats.map((chat) => chatRow(String(chat.rooms), chat))
  if (lobby) rows.push(chatRow(`${lobby.chat.rooms} + lobby of ${lobby.joins}`, lobby.chat))
  say(table(chatHead, rows))
  say('')
  say(table(joinHead, [...joined.map((it) => joinRow('rooms', it)), ...(lobby ? [joinRow('lobby', lobby)] : [])]))
  if (lobby)
    say(`\nlobby: ${lobby.framesEach.toFixed(2)} frames a second to each, ${lobby.bytesOfFrame.toFixed(0)} bytes`)
  if (storm)
    say(
      `\nkill -9 of a node: ${storm.back} of ${storm.lost} back after ${ms(storm.p50)} ms (p50), ${ms(storm.p99)} ms (p99), ${ms(storm.last)} ms (last), ${(storm.tries / storm.lost).toFixed(1)} tries each`,
    )
  for (const { rooms, refused, sampled } of [...chats, ...(lobby ? [lobby.chat] : [])]) {
    if (refused > 0) say(`! ${rooms} rooms: ${refused} refused`)
    if (sampled.read !== sampled.counted) say(`! ${rooms} rooms: read ${sampled.read}, counted ${sampled.counted}`)
  }
}

/** The goals of issue 5, on the run with the most nodes. Half load is the step that is nearest to half of the last one. */
export function printGoals(runs: readonly Run[], say: Say): void {
  const rival = runs.find((run) => run.name.startsWith('Socket.IO'))
  const ours = runs.filter((run) => run !== rival)
  const most = ours.at(-1)
  if (!most) return
  const goals: string[] = []
  const goal = (text: string, met: boolean) => goals.push(`${met ? 'met   ' : 'MISSED'} ${text}`)
  const full = most.chats.at(-1)
  if (!full) return
  const half = most.chats.reduce((a, b) =>
    Math.abs(b.rooms - full.rooms / 2) <= Math.abs(a.rooms - full.rooms / 2) ? b : a,
  )
  goal(`p99 of delivery <= 30 ms with ${half.rooms} rooms: ${ms(half.delivery.p99)}`, half.delivery.p99 <= 30)
  goal(`p99 of stored <= 60 ms with ${half.rooms} rooms: ${ms(half.stored.p99)}`, half.stored.p99 <= 60)
  const theirs = rival?.chats.at(-1)
  if (theirs) {
    const times = perCpuSecond(full) / perCpuSecond(theirs)
    goal(`deliveries per CPU second >= 2 x Socket.IO: ${times.toFixed(2)}`, times >= 2)
  }
  const [few] = most.chats
  if (few && few !== full) {
    const growth = cost(full) / cost(few)
    goal(`CPU per delivery <= 1.2 x from ${few.rooms} to ${full.rooms} rooms: ${growth.toFixed(2)}`, growth <= 1.2)
  }
  const { storm } = most
  if (storm)
    goal(
      `${storm.lost} clients back within 15 s of a node's death: ${storm.back} within ${(storm.last / 1000).toFixed(1)} s`,
      storm.back === storm.lost && storm.last <= 15_000,
    )
  const [one] = ours
  const alone = one?.chats.at(-1)
  if (one && alone && one !== most)
    say(`\n${most.nodes} nodes against ${one.nodes}: CPU per delivery ${(cost(full) / cost(alone)).toFixed(2)} x`)
  say(`\nGoals\n${goals.map((line) => `  ${line}`).join('\n')}`)
}
