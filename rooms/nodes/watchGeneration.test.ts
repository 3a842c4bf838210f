import { expect, test } from 'vitest'
import type { Timers } from '#rooms/place/timers.ts'
import { watchGeneration } from './watchGeneration.ts'

/** Time that moves when told; a step that is longer than the timer's is one in which the process stood still. */
function table() {
  let now = 0
  let id = 1
  let next: (() => void) | undefined
  const told: string[] = []
  const timers: Timers = {
    monotonic: () => now,
    after(_ms, run) {
      next = run
      return () => {}
    },
  }
  const watch = watchGeneration({
    ledger: { generation: async () => ({ id, since: 0, state: 'owners' }) },
    log: () => {},
    alone: false,
    verify: () => void told.push('verify'),
    lose: () => void told.push('lose'),
    timers,
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    watch,
    told,
    renew: () => void id++,
    stand: (ms: number) => {
      now += ms
    },
    async round() {
      next?.()
      await settle()
    },
  }
}

test('NODE-9: a ledger that came back is noticed once, and what runs makes sure of its places', async () => {
  const { watch, told, renew, stand, round } = table()
  watch.start()
  await round()
  expect(told).toEqual([])
  renew()
  for (let i = 0; i < 3; i++) {
    stand(1000)
    await round()
  }
  expect(told).toEqual(['verify'])
  expect(watch.isSteady()).toBe(true)
})

test('NODE-10: a process that stood still meanwhile puts nothing back and gives its places up', async () => {
  const { watch, told, renew, stand, round } = table()
  watch.start()
  await round()
  stand(20_000)
  expect(watch.isSteady()).toBe(false)
  renew()
  await round()
  expect(told).toEqual(['lose'])
  stand(20_000)
  await round()
  expect(told).toEqual(['lose'])
  expect(watch.isSteady()).toBe(true)
})
