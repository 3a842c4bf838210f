import { expect, test } from 'vitest'
import type { OpenDatabase } from '../openDatabase.ts'
import { keepCode, spendCode, tryCode } from './emailCodes.ts'

const key = { purpose: 'sign-up', address: 'mina@study.example' } as const
const code = (hash: string, tries = 5, expiresAt = 1000) => ({ hash, tries, expiresAt })

export function emailCodesContract(open: OpenDatabase): void {
  test('ACCT-13: a code has its tries, also for guesses in parallel; then even the right one is none', async () => {
    const db = await open()
    await keepCode(db, key, code('right'), 0)
    const guesses = await Promise.all(Array.from({ length: 4 }, () => tryCode(db, key, 'wrong', 1)))
    expect(guesses).toEqual([false, false, false, false])
    expect(await tryCode(db, key, 'right', 1)).toBe(true)
    expect(await tryCode(db, key, 'right', 1)).toBe(false)
  })

  test('ACCT-13: a code is over at its time, belongs to one purpose, and ends with a newer one', async () => {
    const db = await open()
    await keepCode(db, key, code('old'), 0)
    expect(await tryCode(db, { ...key, purpose: 'reset' }, 'old', 1)).toBe(false)
    expect(await tryCode(db, key, 'old', 1000)).toBe(false)
    await keepCode(db, key, code('new', 5, 2000), 1)
    expect([await tryCode(db, key, 'old', 2), await tryCode(db, key, 'new', 2)]).toEqual([false, true])
    await keepCode(db, { ...key, address: 'other@study.example' }, code('x', 5, 9000), 2000)
    expect(await db.selectFrom('email_code').select('address').execute()).toEqual([{ address: 'other@study.example' }])
  })

  test('ACCT-13: of several who spend one code one does; undone, it is there again', async () => {
    const db = await open()
    await keepCode(db, key, code('right'), 0)
    const undone = db.transaction().execute(async (trx) => {
      expect(await spendCode(trx, key, 'right')).toBe(true)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    const spent = await Promise.all(Array.from({ length: 6 }, () => spendCode(db, key, 'right')))
    expect(spent.filter(Boolean)).toHaveLength(1)
  })
}
