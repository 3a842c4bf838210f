import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { containing, insertIfAbsent, insertRows, isDuplicate, upsert } from './dialect.ts'
import type { OpenDatabase } from './openDatabase.ts'
import { roomRow } from './testing/rows.ts'

const marker = (number: number, seq: number) => ({
  user_id: 'u',
  conversation: 'c',
  number,
  marked_unread_at: null,
  applied_seq: seq,
})
const how = { keys: ['user_id', 'conversation'], set: ['number', 'applied_seq'], newer: 'applied_seq' } as const

export function dialectContract(open: OpenDatabase): void {
  describe('the dialect', () => {
    test('STORE-2: a row changes only by something newer, whatever the order and the repeats', async () => {
      const step = fc.record({ number: fc.nat(50), seq: fc.integer({ min: 1, max: 9 }) })
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(step, { minLength: 1 }), { minLength: 1, maxLength: 5 }), async (calls) => {
          const db = await open()
          for (const rows of calls) {
            await upsert(
              db,
              'read_marker',
              rows.map((r) => marker(r.number, r.seq)),
              how,
            )
          }
          const steps = calls.flat()
          const top = Math.max(...steps.map((s) => s.seq))
          expect(await db.selectFrom('read_marker').select(['number', 'applied_seq']).execute()).toEqual([
            { number: steps.find((s) => s.seq === top)?.number, applied_seq: top },
          ])
        }),
        { numRuns: 30 },
      )
    })

    test('STORE-2: without a compared column the last write wins', async () => {
      const db = await open()
      const rows = [marker(7, 5), marker(3, 2)]
      await upsert(db, 'read_marker', rows, { keys: how.keys, set: how.set })
      expect(await db.selectFrom('read_marker').select(['number', 'applied_seq']).execute()).toEqual([
        { number: 3, applied_seq: 2 },
      ])
    })

    test('STORE-3: a taken key is told apart from every other error', async () => {
      const db = await open()
      expect(await insertIfAbsent(db, 'room', roomRow('a'))).toBe(true)
      expect(await insertIfAbsent(db, 'room', roomRow('a'))).toBe(false)
      await expect(insertIfAbsent(db, 'room', roomRow('b', { name: null as unknown as string }))).rejects.toThrow(
        /not null|cannot be null/i,
      )
      expect([isDuplicate({ errno: 1062 }), isDuplicate({ errno: 1213 }), isDuplicate(null)]).toEqual([
        true,
        false,
        false,
      ])
    })

    test('STORE-3: any number of rows goes in, in statements the engines take', async () => {
      const db = await open()
      await insertRows(
        db,
        'room',
        Array.from({ length: 4_321 }, (_, i) => roomRow(`r${i}`)),
      )
      const { n } = await db
        .selectFrom('room')
        .select((e) => e.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      expect(n).toBe(4_321)
    })

    test('STORE-6: a search text is taken literally', () => {
      expect(containing('50%_!')).toBe('%50!%!_!!%')
    })
  })
}
