// npm run bench:ledger: commits per second of the ledger's halves, one after the other in the same run. See docs/BENCHMARKS.md.

import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openLedgerFile } from '#persistence/ledger/openLedgerFile.ts'
import { openRedisLedger } from '#persistence/ledger/redis/openRedisLedger.ts'
import { sqliteLedger } from '#persistence/ledger/sqliteLedger.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import { startServer } from '../ops/servers/startServer.ts'
import { ms, percentile } from './percentile.ts'
import { table } from './table.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '4' }, rounds: { type: 'string', default: '3' } },
})
const IN_FLIGHT = [1, 16, 64]
const EVENT_BYTES = 190

type Half = { readonly name: string; readonly ledger: Ledger; close(): Promise<void> }

async function redisHalf(aof: 'always' | 'everysec'): Promise<Half> {
  const server = await startServer('redis', '--aof', aof)
  const url = server.settings['REDIS_URL'] ?? ''
  const ledger = openRedisLedger({ url }, { generations: { waitMs: 0, opensAlone: true } })
  const close = async () => {
    await ledger.close()
    await server.stop()
  }
  return { name: `Redis, ${aof}`, ledger, close }
}

async function sqliteHalf(): Promise<Half> {
  const folder = await mkdtemp(join(tmpdir(), 'studyhub-bench-'))
  const file = await openLedgerFile({ path: join(folder, 'ledger.db'), logInline: false })
  const ledger = sqliteLedger(file)
  const close = async () => {
    await ledger.close()
    await file.close()
    await rm(folder, { recursive: true })
  }
  return { name: 'SQLite, synchronous=FULL', ledger, close }
}

/** Each of `count` places commits one event after the other, until the time is over. */
async function measure(ledger: Ledger, count: number, milliseconds: number) {
  const took: number[] = []
  const commitTo = async (until: number) => {
    const place = randomUUID()
    const claim = await ledger.claim(place, 'bench')
    if ('owner' in claim) throw new Error('owned')
    const text = 'x'.repeat(EVENT_BYTES - 100)
    for (let version = 0; performance.now() < until; version++) {
      const event = { id: randomUUID(), type: 'chat.posted', version: 1, at: 1, actor: 'u', data: { text } }
      const begun = performance.now()
      const batch = { place, epoch: claim.epoch, expectedVersion: version, batchId: event.id, events: [event] }
      const done = await ledger.append(batch)
      if (!done.ok) throw new Error(done.why)
      took.push(performance.now() - begun)
    }
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: count }, () => commitTo(begun + milliseconds)))
  return { perSecond: took.length / ((performance.now() - begun) / 1000), took }
}

const halves = [await sqliteHalf(), await redisHalf('always'), await redisHalf('everysec')]
const found = new Map<string, { perSecond: number; took: number[] }[]>()
for (let round = 0; round < Number(values.rounds); round++)
  for (const inFlight of IN_FLIGHT)
    for (const { name, ledger } of halves) {
      const key = `${name}|${inFlight}`
      found.set(key, [...(found.get(key) ?? []), await measure(ledger, inFlight, Number(values.seconds) * 1000)])
    }
const rows = [...found].map(([key, rounds]) => {
  const took = rounds.flatMap((each) => each.took)
  const rates = rounds.map(({ perSecond }) => Math.round(perSecond)).sort((a, b) => a - b)
  return [
    ...key.split('|'),
    rates.map((rate) => rate.toLocaleString('en')).join(', '),
    ms(percentile(took, 0.5)),
    ms(percentile(took, 0.99)),
  ]
})
console.log(table(['half', 'in flight', 'commits/s (each round)', 'p50', 'p99'], rows))
for (const { close } of halves) await close()
