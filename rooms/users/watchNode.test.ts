import { expect, onTestFinished, test } from 'vitest'
import { LedgerUnavailable } from '#persistence/ports/ledger.ts'
import { handTimers } from '#rooms/testing/handTimers.ts'
import { watchNode } from './watchNode.ts'

const EVERY_MS = 5000

/** A node whose ledger says what it is told to; waking tells which place it was. */
function watched(first: { due?: string[]; orphans?: string[]; open?: boolean } = {}) {
  const timers = handTimers()
  const now = { due: [], orphans: [], open: true, ...first } as { due: string[]; orphans: string[]; open: boolean }
  const broken = new Map<string, 'throws' | 'refuses' | 'away'>()
  const woken: string[] = []
  const tried: string[] = []
  const logged: string[] = []
  let groupsFail = false
  const rest = (list: string[], place: string) => list.filter((one) => one !== place)
  const stop = watchNode({
    timers,
    users: { check: async () => undefined },
    log: (_level, fields, message) => void logged.push(`${message} ${String(Object.values(fields)[0])}`),
    async groups() {
      if (groupsFail) throw new Error('the database is away')
    },
    open: async () => now.open,
    due: async (limit) => now.due.slice(0, limit).map((place) => ({ place })),
    orphans: async (after) => now.orphans.filter((place) => place > after).slice(0, 20),
    async wake(place) {
      tried.push(place)
      const how = broken.get(place)
      if (how === 'throws') throw new Error('unreadable')
      if (how === 'away') throw new LedgerUnavailable('away')
      if (how === 'refuses') return false
      woken.push(place)
      now.due = rest(now.due, place)
      now.orphans = rest(now.orphans, place)
      return true
    },
  })
  onTestFinished(stop)
  const settle = async () => {
    for (let i = 0; i < 10; i++) await new Promise((done) => setImmediate(done))
  }
  return {
    ...{ now, broken, woken, tried, logged },
    withoutGroups: () => {
      groupsFail = true
    },
    async round(count = 1, ms = EVERY_MS) {
      for (let i = 0; i < count; i++) {
        timers.pass(ms)
        await settle()
      }
    },
  }
}
const many = (count: number, name: string) => Array.from({ length: count }, (_, i) => `${name}${10 + i}`)

test('NODE-34: a place that cannot be woken keeps no other from being woken', async () => {
  const { broken, woken, logged, round } = watched({ orphans: ['a', 'b', 'c'], due: ['d', 'e'] })
  broken.set('a', 'throws').set('d', 'throws')
  await round(1, 0)
  expect(woken).toEqual(['b', 'c', 'e'])
  expect(logged).toEqual(['a place could not be woken a', 'a place could not be woken d'])
})

test('NODE-34: however many cannot be woken, those due after them are', async () => {
  const bad = many(25, 'bad')
  const good = many(25, 'good')
  const { broken, woken, round } = watched({ due: [...bad, ...good] })
  for (const place of bad) broken.set(place, 'refuses')
  await round(1, 0)
  await round(3)
  expect(woken).toEqual(good)
})

test('NODE-34: what cannot be woken is tried again ever more rarely, and at once as before after it could', async () => {
  const { broken, woken, tried, round, now } = watched({ due: ['a'] })
  broken.set('a', 'refuses')
  await round(1, 0)
  await round(120)
  // After 10, 30, 70, 150 s, and then every 2 min.
  expect(tried).toHaveLength(1 + 4 + 3)
  broken.delete('a')
  await round(24)
  expect(woken).toEqual(['a'])
  now.due = ['a']
  await round()
  expect(woken).toEqual(['a', 'a'])
})

test('NODE-34: a ledger that is away or not open yet is nobody’s failure: all are woken once it is back', async () => {
  const { broken, woken, tried, round, now } = watched({ orphans: ['a'], due: ['b'], open: false })
  await round(1, 0)
  expect(tried).toEqual([])
  now.open = true
  broken.set('a', 'away')
  await round()
  expect(tried).toEqual(['a'])
  broken.delete('a')
  await round()
  expect(woken).toEqual(['a', 'b'])
})

test('NODE-34: places are woken also while the database is away (I5)', async () => {
  const { woken, round, withoutGroups } = watched({ orphans: ['a'], due: ['b'] })
  withoutGroups()
  await round(1, 0)
  expect(woken).toEqual(['a', 'b'])
})
