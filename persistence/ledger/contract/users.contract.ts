import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { UserPlace } from '../../ports/ledger.ts'
import type { LedgerOnTest } from '../testing/ledgerOnTest.ts'

const HOUR = 3_600_000

/** What a user has over all places: his seat, removals, ended sessions, the inbox's number. */
export function usersContract(on: LedgerOnTest): void {
  test('LEDGER-16: a user has one place, by entry number: the newest wins, late closes change nothing (I1)', async () => {
    const { place, node } = on
    const user = randomUUID()
    const seat = (entry: number, session: string): UserPlace => ({ user, place, session, device: 'd', entry, node })
    const one = await on.ledger.nextEntry(user)
    const two = await on.ledger.nextEntry(user)
    expect(two).toBeGreaterThan(one)
    expect(await on.ledger.takePlace(seat(two, 'b'))).toEqual({ taken: true, before: null })
    expect(await on.ledger.takePlace(seat(one, 'a'))).toEqual({ taken: false, holder: seat(two, 'b') })
    expect(await on.ledger.takePlace(seat(two, 'b'))).toEqual({ taken: true, before: null })
    await on.reopen()
    const three = await on.ledger.nextEntry(user)
    expect(three).toBeGreaterThan(two)
    expect(await on.ledger.takePlace(seat(three, 'c'))).toEqual({ taken: true, before: seat(two, 'b') })
    expect(await on.ledger.leavePlace(user, 'b')).toBe(false)
    expect(await on.ledger.placesOf([randomUUID(), user])).toEqual([seat(three, 'c')])
    expect(await on.ledger.leavePlace(user, 'c')).toBe(true)
    expect(await on.ledger.placesOf([user])).toEqual([])
  })

  test('LEDGER-17: removed is removed until its time, for good without one (I7)', async () => {
    const now = await on.ledger.now()
    const is = (user: string) => on.ledger.isRemoved(on.place, user)
    await on.ledger.addRemoved(on.place, 'kicked', now + HOUR)
    await on.ledger.addRemoved(on.place, 'over', now - 1)
    await on.ledger.addRemoved(on.place, 'banned', null)
    await on.reopen()
    expect(await Promise.all(['kicked', 'over', 'banned', 'other'].map(is))).toEqual([true, false, true, false])
    expect(await on.ledger.isRemoved(randomUUID(), 'banned')).toBe(false)
    await on.ledger.addRemoved(on.place, 'over', null)
    await on.ledger.dropRemoved(on.place, 'banned')
    expect(await Promise.all(['over', 'banned'].map(is))).toEqual([true, false])
  })

  test('LEDGER-18: ended account sessions are known in one call', async () => {
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()]
    await on.ledger.revokeSessions([a, b])
    await on.ledger.revokeSessions([b])
    await on.reopen()
    expect(new Set(await on.ledger.revoked([c, b, a]))).toEqual(new Set([a, b]))
    expect(await on.ledger.revoked([])).toEqual([])
  })

  test('LEDGER-19: inbox versions rise and are read in one call (I13)', async () => {
    const [a, b] = [randomUUID(), randomUUID()]
    const first = await on.ledger.bumpInbox(a)
    const second = await on.ledger.bumpInbox(a)
    expect(second).toBeGreaterThan(first)
    await on.ledger.nextEntry(a)
    expect(await on.ledger.inboxVersions([a, b])).toEqual(
      new Map([
        [a, second],
        [b, 0],
      ]),
    )
  })
}
