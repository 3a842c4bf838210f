import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Db } from './database.ts'
import { containing, insertIfAbsent, insertRows, isDuplicate, upsert } from './dialect.ts'
import type { OpenDatabase } from './openDatabase.ts'
import { prepared } from './prepared.ts'
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

    test('STORE-2: statements of one table with other columns or another way to change are not taken for each other', async () => {
      const db = await open()
      const stored = () => db.selectFrom('read_marker').select(['number', 'applied_seq']).execute()
      await upsert(db, 'read_marker', [marker(1, 5)], how)
      await upsert(db, 'read_marker', [marker(2, 4)], how)
      expect(await stored()).toEqual([{ number: 1, applied_seq: 5 }])
      await upsert(db, 'read_marker', [marker(2, 4)], { keys: how.keys, set: ['number'] })
      expect(await stored()).toEqual([{ number: 2, applied_seq: 5 }])
      const { marked_unread_at: _, ...fewer } = marker(3, 6)
      await db.transaction().execute((trx) => upsert(trx, 'read_marker', [fewer], how))
      expect(await stored()).toEqual([{ number: 3, applied_seq: 6 }])
      await expect(insertRows(db, 'read_marker', [marker(4, 7)])).rejects.toSatisfy(isDuplicate)
    })

    test('STORE-3: a question about a list is asked about all of it, whatever its length, and about nothing else', async () => {
      const db = await open()
      const ids = Array.from({ length: 9 }, (_, i) => `r${i}`)
      await insertRows(
        db,
        'room',
        ids.map((id) => roomRow(id)),
      )
      const named = prepared((on: Db, list: readonly string[], not: string) =>
        on.selectFrom('room').select('id').where('id', 'in', list).where('id', '!=', not).orderBy('id'),
      )
      for (let length = 1; length <= ids.length; length++) {
        const asked = ids.slice(0, length)
        const wanted = asked.filter((id) => id !== 'r1').map((id) => ({ id }))
        expect(await named(db, asked, 'r1')).toEqual(wanted)
        expect(await db.transaction().execute((trx) => named(trx, asked, 'r1'))).toEqual(wanted)
      }
      await expect(named(db, [], 'r1')).rejects.toThrow('empty list')
    })

    test('STORE-3: a taken key is told apart from every other error', async () => {
      const db = await open()
      expect(await insertIfAbsent(db, 'room', roomRow('a'))).toBe(true)
      expect(await insertIfAbsent(db, 'room', roomRow('a'))).toBe(false)
      // What a row's type forbids and the database must refuse all the same.
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
