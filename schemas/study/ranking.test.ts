import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ranked } from './ranking.ts'

test('RECORD-12: a rank says how many have more, plus one; the order depends on nothing else', () => {
  const row = fc.record({ id: fc.string({ maxLength: 3 }), value: fc.integer({ min: 0, max: 5 }) })
  fc.assert(
    fc.property(fc.uniqueArray(row, { selector: (r) => r.id }), fc.nat(), (rows, turn) => {
      const board = ranked(rows)
      for (const { value, rank } of board) expect(rank).toBe(rows.filter((r) => r.value > value).length + 1)
      const at = turn % (rows.length + 1)
      expect(ranked([...rows.slice(at), ...rows.slice(0, at)])).toEqual(board)
    }),
  )
})
