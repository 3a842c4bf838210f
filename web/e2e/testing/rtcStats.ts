import type { Page } from 'playwright-core'
import { eventually } from './eventually.ts'

type Seen = { readonly connections: RTCPeerConnection[] }

/** Keeps each connection that a page makes, so that a test can ask the browser itself what flows; before the page is opened. */
export const watchConnections = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const seen: Seen = { connections: [] }
    const Original = RTCPeerConnection
    class Watched extends Original {
      constructor(...config: ConstructorParameters<typeof Original>) {
        super(...config)
        seen.connections.push(this)
      }
    }
    Object.assign(globalThis, { RTCPeerConnection: Watched, seenConnections: seen })
  })

export type Flow = {
  readonly key: string
  readonly kind: 'audio' | 'video'
  /** Which of the page's connections it belongs to, from 0. */
  readonly connection: number
  readonly packets: number
  readonly frames: number
  readonly width: number
  readonly energy: number
  readonly level: number
}

/** What this page receives now, by the browser's own account; of connections that are open. */
export const received = (page: Page): Promise<Flow[]> =>
  page.evaluate(async () => {
    const { connections } = (globalThis as unknown as { seenConnections: Seen }).seenConnections
    const flows: Flow[] = []
    for (const [connection, one] of connections.entries()) {
      if (one.connectionState !== 'connected') continue
      for (const report of (await one.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue
        flows.push({
          key: `${connection} ${report.id}`,
          kind: report.kind,
          connection,
          packets: report.packetsReceived ?? 0,
          frames: report.framesDecoded ?? 0,
          width: report.frameWidth ?? 0,
          energy: report.totalAudioEnergy ?? 0,
          level: report.audioLevel ?? 0,
        })
      }
    }
    return flows
  })

/** Addresses and ports, each once, to which this page's open connections lead. */
export const leadsTo = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { connections } = (globalThis as unknown as { seenConnections: Seen }).seenConnections
    const ways = new Set<string>()
    for (const one of connections) {
      if (one.connectionState !== 'connected') continue
      const reports = new Map<string, { type: string; [field: string]: unknown }>(await one.getStats())
      for (const { type, selectedCandidatePairId } of reports.values()) {
        if (type !== 'transport') continue
        const pair = reports.get(String(selectedCandidatePairId))
        const to = reports.get(String(pair?.['remoteCandidateId']))
        ways.add(`${to?.['address']}:${to?.['port']}`)
      }
    }
    return [...ways]
  })

/** How many connections the page has made so far. */
export const connectionsMade = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { seenConnections: Seen }).seenConnections.connections.length)

/** How many flows grew between two looks, a good second apart: a fake microphone beeps once a second. */
async function growing(page: Page, what: 'energy' | 'frames', from = 0): Promise<number> {
  const before = new Map((await received(page)).map((flow) => [flow.key, flow[what]]))
  await page.waitForTimeout(1_300)
  const after = (await received(page)).filter(({ connection }) => connection >= from)
  return after.filter((flow) => flow[what] > (before.get(flow.key) ?? 0) + (what === 'energy' ? 1e-7 : 0)).length
}

/** Resolves once this page hears exactly so many others: by the energy that it plays. */
export const hears = (page: Page, count: number, from = 0): Promise<void> =>
  eventually(() => growing(page, 'energy', from), count, 40_000)

/** Resolves once it decodes the pictures of exactly so many. */
export const sees = (page: Page, count: number, from = 0): Promise<void> =>
  eventually(() => growing(page, 'frames', from), count, 40_000)

/** Resolves with the time (milliseconds since 1970) of the last packet that reached this page, once none has come for two seconds. */
export const endOfPackets = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const { connections } = (globalThis as unknown as { seenConnections: Seen }).seenConnections
    const count = async () => {
      let packets = 0
      for (const one of connections)
        for (const report of (await one.getStats()).values())
          if (report.type === 'inbound-rtp') packets += report.packetsReceived ?? 0
      return packets
    }
    const now = () => performance.timeOrigin + performance.now()
    let [known, changed] = [await count(), now()]
    while (now() - changed < 2_000) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      const packets = await count()
      if (packets > known) [known, changed] = [packets, now()]
      // A consumer that is closed takes its count away.
      else if (packets < known) known = packets
    }
    return changed
  })
