import { expect, test } from 'vitest'
import { LedgerUnavailable } from '#persistence/ports/ledger.ts'
import { handTimers } from '#rooms/testing/handTimers.ts'
import { startHeartbeat } from './heartbeat.ts'

/** A ledger of heartbeats whose clock is that of the node under test. */
function clinic() {
  const timers = handTimers()
  const beats = new Map<string, number>()
  const marked: string[] = []
  let away = false
  let dead = 0
  const ledger = {
    async heartbeat(node: string) {
      if (away) throw new LedgerUnavailable('away')
      if (!marked.includes(node)) beats.set(node, timers.monotonic())
      return { alive: !marked.includes(node), now: timers.monotonic() }
    },
    nodes: async () => [...beats].map(([node, at]) => ({ node, at, silentMs: timers.monotonic() - at })),
    async markDead(node: string, silentMs: number) {
      if (timers.monotonic() - (beats.get(node) ?? 0) < silentMs) return false
      beats.delete(node)
      marked.push(node)
      return true
    },
  }
  const settle = async () => {
    for (let i = 0; i < 5; i++) await new Promise((done) => setImmediate(done))
  }
  const buried: string[] = []
  const unburiable = new Map<string, Promise<never>>()
  const stop = startHeartbeat({
    ...{ ledger, timers, node: 'a', alone: false, log: () => undefined },
    dead: () => void dead++,
    async buried(other) {
      await unburiable.get(other)
      buried.push(other)
    },
  })
  return {
    ...{ marked, beats, buried, unburiable, stop },
    deaths: () => dead,
    ledgerAway: (now: boolean) => {
      away = now
    },
    async pass(ms: number, other?: string) {
      for (let gone = 0; gone < ms; gone += 500) {
        timers.pass(500)
        if (other !== undefined) beats.set(other, timers.monotonic())
        await settle()
      }
    },
    /** The process stands still: its timers fire late, all at once. */
    async freeze(ms: number) {
      timers.pass(ms)
      await settle()
    },
  }
}

test('NODE-7: a node that has been silent for 3 s is marked dead, one that beats is not', async () => {
  const { pass, marked, beats, buried } = clinic()
  await pass(7_000, 'b')
  beats.set('c', 7_000)
  await pass(2_500, 'b')
  expect(marked).toEqual([])
  await pass(1_500, 'b')
  expect(marked).toEqual(['c'])
  expect(buried).toEqual(['c'])
})

test('NODE-7: one that is late is looked at the moment its time is over, not a round later', async () => {
  const { pass, marked, beats } = clinic()
  await pass(7_000, 'b')
  // Between two rounds, which are at whole seconds.
  beats.set('c', 6_500)
  await pass(2_500, 'b')
  expect(marked).toEqual(['c'])
})

test('NODE-7: nobody is judged before 6 s of own beats without a gap: not after a start, nor by who was frozen or cut off', async () => {
  const { pass, freeze, marked, beats, ledgerAway } = clinic()
  beats.set('b', 0)
  await pass(5_500)
  expect(marked).toEqual([])
  await pass(1_500)
  expect(marked).toEqual(['b'])

  beats.set('c', 7_000)
  await freeze(10_000)
  await pass(5_000)
  expect(marked).toEqual(['b'])
  await pass(2_500)
  expect(marked).toEqual(['b', 'c'])

  beats.set('d', 20_000)
  ledgerAway(true)
  await pass(4_000)
  ledgerAway(false)
  await pass(5_000)
  expect(marked).toEqual(['b', 'c'])
  await pass(2_500)
  expect(marked).toEqual(['b', 'c', 'd'])
})

test('NODE-8: who is marked dead is told once, and buries nobody any more', async () => {
  const { pass, marked, deaths, beats } = clinic()
  await pass(7_000)
  expect(deaths()).toBe(0)
  marked.push('a')
  beats.set('b', 0)
  await pass(4_000)
  expect(deaths()).toBe(1)
  expect(marked).toEqual(['a'])
})

test('NODE-7: what a dead node has left is taken out in the end, and keeps neither other nodes nor the beats waiting', async () => {
  const { pass, marked, beats, buried, unburiable } = clinic()
  await pass(7_000)
  const failed = Promise.reject(new Error('away'))
  failed.catch(() => undefined)
  unburiable.set('b', failed).set('c', new Promise<never>(() => undefined))
  beats.set('b', 0).set('c', 0).set('d', 0)
  await pass(2_000)
  expect([marked, buried]).toEqual([['b', 'c', 'd'], ['d']])
  const before = beats.get('a') ?? 0
  await pass(2_000)
  expect(beats.get('a')).toBeGreaterThan(before)
  unburiable.clear()
  await pass(3_000)
  expect(buried).toEqual(['d', 'b'])
})
