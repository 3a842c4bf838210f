import { createStore } from '../store.ts'
import { TimerGroup, type Timers } from '../timers.ts'
import type { Store } from '../types.ts'
import type { Quality } from './types.ts'

const EVERY_MS = 3_000

/** Counts of packets since the start, and the newest round trip. */
export type Counts = {
  readonly received: number
  readonly lost: number
  /** Of what I send, as the SFU reports: share of the last interval; null while it has not. */
  readonly lossOut: number | null
  readonly rttMs: number | null
}

/** The few of WebRTC's statistics that are read. */
type Stat = {
  readonly type: string
  readonly packetsReceived?: number
  readonly packetsLost?: number
  readonly fractionLost?: number
  readonly nominated?: boolean
  readonly currentRoundTripTime?: number
}

export function countsOf(reports: readonly Iterable<readonly [string, unknown]>[]): Counts {
  let received = 0
  let lost = 0
  let lossOut: number | null = null
  let rttMs: number | null = null
  for (const report of reports)
    for (const [, entry] of report) {
      const stat = entry as Stat
      if (stat.type === 'inbound-rtp') {
        received += stat.packetsReceived ?? 0
        lost += stat.packetsLost ?? 0
      } else if (stat.type === 'remote-inbound-rtp' && stat.fractionLost !== undefined)
        lossOut = Math.max(lossOut ?? 0, stat.fractionLost)
      else if (stat.type === 'candidate-pair' && stat.nominated && stat.currentRoundTripTime !== undefined)
        rttMs = Math.max(rttMs ?? 0, stat.currentRoundTripTime * 1000)
    }
  return { received, lost, lossOut, rttMs }
}

/** Between two looks. Counters that went back (another session) count as nothing. */
export function qualityOf(before: Counts, now: Counts): Quality {
  const lost = Math.max(0, now.lost - before.lost)
  const received = Math.max(0, now.received - before.received)
  const lossIn = lost + received === 0 ? 0 : lost / (lost + received)
  const lossOut = now.lossOut ?? 0
  const loss = Math.max(lossIn, lossOut)
  const rtt = now.rttMs ?? 0
  const level = loss > 0.1 || rtt > 600 ? 'poor' : loss > 0.03 || rtt > 250 ? 'fair' : 'good'
  return { level, rttMs: now.rttMs, lossIn, lossOut }
}

/** Measures while somebody watches. */
export class QualityWatch {
  readonly view: Store<Quality | null>
  readonly #store = createStore<Quality | null>(null)
  readonly #timers: TimerGroup
  readonly #stats: () => Promise<readonly RTCStatsReport[]>
  #watchers = 0
  #cancel = () => {}
  #before: Counts | null = null

  constructor(timers: Timers, stats: () => Promise<readonly RTCStatsReport[]>) {
    this.#timers = new TimerGroup(timers)
    this.#stats = stats
    this.view = {
      get: () => this.#store.get(),
      subscribe: (changed) => {
        const stop = this.#store.subscribe(changed)
        if (this.#watchers++ === 0) void this.#look()
        return () => {
          stop()
          if (--this.#watchers === 0) this.#cancel()
        }
      },
    }
  }

  close(): void {
    this.#timers.close()
  }

  async #look(): Promise<void> {
    this.#cancel()
    const reports = await this.#stats()
    if (this.#watchers === 0) return
    const now = reports.length === 0 ? null : countsOf(reports)
    this.#store.set(now && this.#before ? qualityOf(this.#before, now) : null)
    this.#before = now
    this.#cancel()
    this.#cancel = this.#timers.after(EVERY_MS, () => void this.#look())
  }
}
