import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, bootPlaces, person } from '#rooms/testing/bootPlaces.ts'
import { openTestLedger } from '#rooms/testing/testLedger.ts'

let node: Booted
beforeAll(async () => {
  // A log of its own, as in a cluster: that something is confirmed takes no turn.
  const ledger = await openTestLedger(undefined, false)
  node = await bootPlaces({ ledger, publish: async (key) => ledger.confirm(key, (await ledger.marks(key)).head) })
})
afterAll(() => node.stop())

test('PLACE-21 (I12): a place that is made and that nobody enters sleeps too', async () => {
  const id = await node.create(person('ana'), { kind: 'staying' })
  await expect.poll(() => node.actors.get(id), { timeout: 10_000 }).toBeUndefined()
})
