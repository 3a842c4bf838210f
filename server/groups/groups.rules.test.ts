import { describe, expect, test } from 'vitest'
import { decideRole, decideTarget, decideTransfer, decideWarning, decideWithdraw } from './acts.rules.ts'
import { decideEntry, decideLink, decideRequest, type EntryView } from './entry.rules.ts'
import { hashOf, newCode, readCode, sameHash, shownCode } from './joinCode.ts'

const view = (differs: Partial<EntryView> = {}): EntryView => ({
  ...{ dissolved: false, isMember: false, removed: null, members: 1, capacity: 2, ownGroups: 0, maxGroups: 5 },
  ...differs,
})

describe('coming in', () => {
  test('GROUP-2: the reason told is the true one: dissolved, member already, removed, too many groups, full', () => {
    const all = view({ dissolved: true, isMember: true, removed: 'banned', members: 2, ownGroups: 5 })
    const reasons = [
      all,
      { ...all, dissolved: false },
      { ...all, dissolved: false, isMember: false },
      { ...all, dissolved: false, isMember: false, removed: null },
      { ...all, dissolved: false, isMember: false, removed: null, ownGroups: 4 },
    ].map((v) => decideEntry(v, 'code')?.refused ?? null)
    expect(reasons).toEqual(['gone', 'already_member', 'banned', 'too_many_groups', 'full'])
    expect(decideEntry(view(), 'code')).toBeNull()
  })

  test('GROUP-8: a ban holds on every way; a kick until leader or managers accept him', () => {
    for (const way of ['code', 'link', 'invitation', 'request'] as const)
      expect(decideEntry(view({ removed: 'banned' }), way)?.refused).toBe('banned')
    const kicked = view({ removed: 'kicked' })
    expect(
      (['code', 'link', 'invitation', 'request'] as const).map((way) => decideEntry(kicked, way)?.refused),
    ).toEqual(['kicked', 'kicked', undefined, undefined])
  })

  test('GROUP-6: a group that takes no requests is not there for who asks, unless it invited him', () => {
    const asks = { dissolved: false, isMember: false, removed: null, open: false, invited: false }
    expect(decideRequest(asks)?.refused).toBe('not_found')
    expect(decideRequest({ ...asks, invited: true })).toBeNull()
    expect(decideRequest({ ...asks, open: true })).toBeNull()
    expect(decideRequest({ ...asks, open: true, removed: 'banned' })?.refused).toBe('banned')
  })

  test('GROUP-5: a link is over when it is revoked, at its very end, and with its last use', () => {
    const link = { expiresAt: 10, maxUses: 2, uses: 1, revokedAt: null }
    expect(decideLink(link, 9)).toBeNull()
    expect(decideLink(link, 10)?.details).toEqual({ why: 'expired' })
    expect(decideLink({ ...link, uses: 2 }, 9)?.details).toEqual({ why: 'used' })
    expect(decideLink({ ...link, revokedAt: 1 }, 9)?.details).toEqual({ why: 'revoked' })
  })

  test('GROUP-4: codes have 140 bits, are read in any writing, and nothing else is read as one', () => {
    const code = newCode()
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{28}$/)
    expect(newCode()).not.toBe(code)
    expect(shownCode(code).split('-')).toHaveLength(7)
    expect(readCode(` ${shownCode(code).toLowerCase()} `)).toBe(code)
    expect(readCode('O'.repeat(14) + 'iL'.repeat(7))).toBe('0'.repeat(14) + '1'.repeat(14))
    for (const no of ['', code.slice(1), `${code}0`, `${code.slice(1)}U`, `${code.slice(1)}%`])
      expect(readCode(no)).toBeNull()
    expect([sameHash(hashOf(code), hashOf(code)), sameHash(hashOf(code), hashOf(newCode()))]).toEqual([true, false])
  })
})

describe('inside', () => {
  const pair = (
    by: 'leader' | 'manager' | 'member',
    target: 'leader' | 'manager' | 'member' | null,
    isSelf = false,
  ) => ({
    ...{ by, target, isSelf },
  })
  test('GROUP-8: nobody removes himself, the leader, or who is no member; managers not each other', () => {
    expect(decideTarget(pair('member', 'member'))?.refused).toBe('forbidden')
    expect(decideTarget(pair('leader', 'leader', true))?.refused).toBe('is_self')
    expect(decideTarget(pair('manager', 'leader'))?.refused).toBe('is_owner')
    expect(decideTarget(pair('manager', 'manager'))?.refused).toBe('forbidden')
    expect(decideTarget(pair('leader', null))?.refused).toBe('not_member')
    expect([decideTarget(pair('leader', 'manager')), decideTarget(pair('manager', 'member'))]).toEqual([null, null])
  })

  test('GROUP-8: the third warning kicks', () => {
    expect([0, 1, 2].map((n) => decideWarning(n).kicked)).toEqual([false, false, true])
  })

  test('GROUP-7: only the leader gives roles and the group away, and only to members', () => {
    expect(decideRole(pair('manager', 'member'), 'manager')?.refused).toBe('forbidden')
    expect(decideRole(pair('leader', 'manager'), 'manager')?.refused).toBe('nothing_to_do')
    expect(decideRole(pair('leader', 'member'), 'manager')).toBeNull()
    expect(decideTransfer(pair('manager', 'member'))?.refused).toBe('forbidden')
    expect(decideTransfer(pair('leader', null))?.refused).toBe('not_member')
    expect(decideTransfer(pair('leader', 'member'))).toBeNull()
  })

  test('GROUP-7: a leader who withdraws says what becomes of the group; without it nothing happens', () => {
    expect(decideWithdraw('member', 'a', undefined, null)).toBe('leave')
    expect(decideWithdraw('leader', 'a', undefined, null)).toMatchObject({ refused: 'must_choose' })
    expect(decideWithdraw('leader', 'a', { choice: 'handOver', to: 'b' }, null)).toMatchObject({
      refused: 'not_member',
    })
    expect(decideWithdraw('leader', 'a', { choice: 'handOver', to: 'a' }, 'leader')).toMatchObject({
      refused: 'is_self',
    })
    expect(decideWithdraw('leader', 'a', { choice: 'handOver', to: 'b' }, 'member')).toBe('handOver')
    expect(decideWithdraw('leader', 'a', { choice: 'dissolve' }, null)).toBe('dissolve')
  })
})
