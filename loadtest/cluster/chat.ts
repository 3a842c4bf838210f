import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../percentile.ts'
import type { Counts } from './counts.ts'
import type { Member, Rival } from './rival.ts'

export type Percentiles = { readonly p50: number; readonly p95: number; readonly p99: number }
export type Chat = {
  readonly rooms: number
  readonly said: number
  readonly deliveries: number
  readonly expected: number
  readonly refused: number
  /** Sampled members: what they read in full, and what the count of frames says of them. */
  readonly sampled: { readonly read: number; readonly counted: number }
  readonly ack: Percentiles
  readonly delivery: Percentiles
  readonly stored: Percentiles
  readonly patchBytes: number
  /** CPU of the nodes over the measured time, milliseconds, and of the processes beside them. */
  readonly cpuMs: number
  readonly othersCpuMs: number
  /** CPU of this process, as a share of a core: near 1 the figures are the load's and not the server's. */
  readonly loadShare: number
  readonly tookMs: number
}

const TICK_MS = 5
const WARM_UP_MS = 3_000
/** What is under way at the end may still arrive. */
const SETTLE_MS = 500

const percentiles = (samples: number[]): Percentiles => ({
  p50: percentile(samples, 0.5),
  p95: percentile(samples, 0.95),
  p99: percentile(samples, 0.99),
})

async function cpuOf(children: Rival['nodes']): Promise<number> {
  const used = await Promise.all(children.map((child) => child.usage()))
  return used.reduce((sum, { cpu }) => sum + cpu, 0) / 1000
}

/** So many messages a second, whatever the rooms. */
const WARM_RATE = 400

/** Talks without measuring, until the engine has compiled what a message runs through. */
export async function warmUp(rooms: readonly (readonly Member[])[], seconds: number): Promise<void> {
  const stop = speakInTurn(rooms, rooms.flat().length * (1000 / WARM_RATE))
  await sleep(seconds * 1000)
  stop()
  await sleep(SETTLE_MS)
}

/** Everybody says something once in `everyMs`, evenly spread, each room's members one after the other. Answers how to stop. */
function speakInTurn(rooms: readonly (readonly Member[])[], everyMs: number): () => void {
  // By seats first: neighbours in time are in different rooms.
  const order = Array.from({ length: rooms[0]?.length ?? 0 }, (_, i) => rooms.map((room) => room[i])).flat()
  const begun = performance.now()
  let spoken = 0
  const timer = setInterval(() => {
    const due = ((performance.now() - begun) / everyMs) * order.length
    while (spoken < due) order[spoken++ % order.length]?.say()
  }, TICK_MS)
  return () => clearInterval(timer)
}

/** Measures while everybody speaks once in `everyMs`. */
export async function chat(
  rival: Rival,
  counts: Counts,
  rooms: readonly (readonly Member[])[],
  { everyMs, seconds }: { readonly everyMs: number; readonly seconds: number },
): Promise<Chat> {
  const size = rooms[0]?.length ?? 0
  const stop = speakInTurn(rooms, everyMs)
  await sleep(WARM_UP_MS)
  counts.reset()
  const [cpu, others, own, from] = [
    await cpuOf(rival.nodes),
    await cpuOf(rival.others),
    process.cpuUsage(),
    performance.now(),
  ]
  counts.open = true
  await sleep(seconds * 1000)
  const used = process.cpuUsage(own)
  const tookMs = performance.now() - from
  const cpuMs = (await cpuOf(rival.nodes)) - cpu
  const othersCpuMs = (await cpuOf(rival.others)) - others
  stop()
  await sleep(SETTLE_MS)
  counts.open = false
  counts.inPatches.settle()
  return {
    rooms: rooms.length,
    said: counts.said,
    deliveries: counts.deliveries,
    expected: counts.said * size,
    refused: counts.refused,
    sampled: { read: counts.sampledRead, counted: counts.sampledCounted },
    ack: percentiles(counts.acks),
    delivery: percentiles(counts.delivery),
    stored: percentiles(counts.stored),
    patchBytes: counts.patchBytes / counts.patches,
    cpuMs,
    othersCpuMs,
    loadShare: (used.user + used.system) / 1000 / tookMs,
    tookMs,
  }
}
