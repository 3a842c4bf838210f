import { expect, test } from 'vitest'
import { type ParkDeps, parkPlaces } from './parkPlaces.ts'

/** An archive and a ledger of resting places, in the order of their age; some have a snapshot that is behind. */
function resting(places: readonly string[], behind: ReadonlySet<string>) {
  const idle = [...places]
  const gone: string[] = []
  const deps: ParkDeps = {
    kept: {
      idle: async (_before, limit, passed = 0) => idle.slice(passed, passed + limit),
      reach: async (ids) => new Map(ids.map((id) => [id, { head: 5, snapshot: 5 }])),
      keepSnapshot: async () => undefined,
      parked: async (place) => void idle.splice(idle.indexOf(place), 1),
      sweep: async () => 0,
    },
    ledger: {
      rest: async (place) => ({
        ...{ epoch: 1, head: 5, confirmed: 5, owned: false },
        snapshot: { version: behind.has(place) ? 4 : 5, body: '' },
      }),
      async park(place) {
        gone.push(place)
        return true
      },
    },
  }
  return { deps, gone, idle }
}
const named = (count: number, name: string) => Array.from({ length: count }, (_, i) => `${name}${i}`)

test('LEDGER-38: however many resting places cannot be parked, those after them are', async () => {
  const behind = named(450, 'behind')
  const [first, last] = [named(30, 'first'), named(250, 'last')]
  const { deps, gone, idle } = resting([...first, ...behind, ...last], new Set(behind))
  expect(await parkPlaces(deps, 0)).toBe(280)
  expect([gone, idle]).toEqual([[...first, ...last], behind])
  expect(await parkPlaces(deps, 0)).toBe(0)
})
