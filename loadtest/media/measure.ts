import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import type { Forwarder } from './forwarder.ts'
import type { Plan } from './plan.ts'
import { program } from './programs.ts'
import { payloadTypeOf, ssrcOf } from './sfu.ts'

const WARM_MS = 2_000

export type Measured = {
  readonly expected: number
  readonly received: number
  /** Arrived, but the receiver of this test was too slow to read them: no loss of the forwarder. */
  readonly unread: number
  readonly p50Us: number
  readonly p99Us: number
  /** How far the sender was behind its own pace at most. */
  readonly behindUs: number
  readonly cpuMs: number
}

/** Share of packets that did not come. */
export const lossOf = ({ expected, received, unread }: Measured): number =>
  expected === 0 ? 1 : Math.max(0, expected - received - unread) / expected

/** Sends the plan through the forwarder for `seconds`, after a warm-up. */
export async function measure(plan: Plan, forwarder: Forwarder, toPort: number, seconds: number): Promise<Measured> {
  const child = spawn(program('traffic'), [`${toPort}`, `${WARM_MS}`, `${seconds * 1000}`])
  const out = text(child.stdout)
  const lines = plan.sources.map(
    (source, i) =>
      `${ssrcOf(i)} ${forwarder.ports[i]} ${source.perSecond} ${source.bytes} ${payloadTypeOf(source)} ${source.copies}`,
  )
  child.stdin.end(`${lines.join('\n')}\n`)
  await setTimeout(WARM_MS)
  const before = await forwarder.cpuMs()
  await setTimeout(seconds * 1000)
  const cpuMs = (await forwarder.cpuMs()) - before
  return { ...(JSON.parse(await out) as Omit<Measured, 'cpuMs'>), cpuMs }
}
