import { expect, test } from 'vitest'
import type { OpenDatabase } from '../openDatabase.ts'
import * as kept from './passkeys.ts'

export const passkeyRow = (id: string, user: string, more: Partial<kept.PasskeyRow> = {}): kept.PasskeyRow => ({
  ...{ id, user_id: user, name: 'Laptop', credential_id: `c-${id}`, public_key: 'key', counter: 0 },
  ...{ transports: '["internal"]', synced: 0, created_at: 1, used_at: null, ...more },
})

export function passkeysContract(open: OpenDatabase): void {
  test('PASSKEY-1: a credential is kept once, for one person; each sees and changes only his own', async () => {
    const db = await open()
    const longest = passkeyRow('a', 'ana', { credential_id: 'x'.repeat(1364), public_key: 'y'.repeat(1400) })
    expect(await kept.keepPasskey(db, longest)).toBe(true)
    expect(await kept.keepPasskey(db, passkeyRow('a', 'ben'))).toBe(false)
    await kept.keepPasskey(db, passkeyRow('b', 'ana', { created_at: 2 }))
    await kept.keepPasskey(db, passkeyRow('c', 'ben'))
    expect((await kept.passkeysOf(db, 'ana')).map((row) => row.id)).toEqual(['a', 'b'])
    expect(await kept.passkeyById(db, 'a')).toEqual(longest)
    expect(await kept.namePasskey(db, 'ben', 'a', 'mine')).toBe(false)
    expect(await kept.namePasskey(db, 'ana', 'a', 'Laptop')).toBe(true)
    expect(await kept.removePasskey(db, 'ben', 'a')).toBe(false)
    expect(await kept.removePasskey(db, 'ana', 'a')).toBe(true)
    await kept.removePasskeys(db, 'ana')
    expect([await kept.passkeysOf(db, 'ana'), (await kept.passkeysOf(db, 'ben')).length]).toEqual([[], 1])
  })

  test('PASSKEY-5: the count of uses only rises, also of answers at once; devices that do not count stay at 0', async () => {
    const db = await open()
    await kept.keepPasskey(db, passkeyRow('counts', 'ana', { counter: 4 }))
    const use = (id: string, counter: number) => kept.notePasskeyUse(db, id, { counter, synced: true, at: 7 })
    expect([await use('counts', 4), await use('counts', 3), await use('counts', 0)]).toEqual([false, false, false])
    const both = await Promise.all([use('counts', 5), use('counts', 5)])
    expect(both.filter(Boolean)).toHaveLength(1)
    expect(await kept.passkeyById(db, 'counts')).toMatchObject({ counter: 5, synced: 1, used_at: 7 })
    await kept.keepPasskey(db, passkeyRow('mute', 'ana'))
    expect([await use('mute', 0), await use('mute', 0), await use('gone', 0)]).toEqual([true, true, false])
  })

  test('PASSKEY-4: a challenge is good once, also at once from many sides, until it is over', async () => {
    const db = await open()
    const spent = await Promise.all(Array.from({ length: 5 }, () => kept.spendChallenge(db, 'one', 100)))
    expect(spent.filter(Boolean)).toHaveLength(1)
    await kept.sweepChallenges(db, 99)
    expect(await kept.spendChallenge(db, 'one', 100)).toBe(false)
    await kept.sweepChallenges(db, 100)
    expect(await db.selectFrom('passkey_challenge').selectAll().execute()).toEqual([])
  })
}
