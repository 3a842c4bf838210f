import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { holdLease, type Lease, LeaseTaken } from './holdLease.ts'

type Open = () => Promise<{ lease: Lease; dispose(): Promise<void> }>

/** What every store's lease must do; see SERVER-40. */
export function leaseContract(store: string, make: Open): void {
  describe(`lease in ${store}`, () => {
    let made: Awaited<ReturnType<Open>>
    let lease: Lease
    beforeAll(async () => {
      made = await make()
      lease = made.lease
    })
    afterAll(() => made.dispose())

    test('SERVER-40: one owner has it, again and again; another gets it when it is given up', async () => {
      expect(await lease.take('a', 60_000)).toBe(true)
      expect(await lease.take('a', 60_000)).toBe(true)
      expect(await lease.take('b', 60_000)).toBe(false)
      await lease.free('b')
      expect(await lease.take('b', 60_000)).toBe(false)
      await lease.free('a')
      expect(await lease.take('b', 60_000)).toBe(true)
      await lease.free('b')
    })

    test('SERVER-40: of several at once one gets it', async () => {
      const owners = ['p', 'q', 'r', 's', 't']
      const taken = await Promise.all(owners.map((owner) => lease.take(owner, 60_000)))
      expect(taken.filter(Boolean)).toHaveLength(1)
      for (const owner of owners) await lease.free(owner)
    })

    test('SERVER-40: who slept past its end and lost it is told; who comes back in time keeps it', async () => {
      const told = Promise.withResolvers<LeaseTaken>()
      const held = await holdLease(lease, { owner: 'sleeper', everyMs: 50, leaseMs: 0, lost: told.resolve })
      // Its lease is over as soon as it is given: the next one takes it between two renewals.
      while (!(await lease.take('next', 60_000)));
      expect(await told.promise).toBeInstanceOf(LeaseTaken)
      await expect(holdLease(lease, { owner: 'third', lost: () => {} })).rejects.toThrow(LeaseTaken)
      await held.release()
      expect(await lease.take('next', 60_000)).toBe(true)
      await lease.free('next')
    })
  })
}
