import { beforeAll, describe, expect, test } from 'vitest'
import { askUntil } from '#client/testing/askUntil.ts'
import type { TriesBook } from '../ports/tries.ts'

/** The books of two nodes, or twice the one of a process that runs alone. */
export type BooksInHand = { readonly a: TriesBook; readonly b: TriesBook; close(): Promise<void> }

const MINUTE = 60_000

/** What every half of the book of tries does alike. Each test has limits of its own. */
export function triesContract(half: string, open: () => Promise<BooksInHand>): void {
  describe(`the book of tries: ${half}`, () => {
    let books: BooksInHand
    beforeAll(async () => {
      books = await open()
      return () => books.close()
    })

    test('TRIES-1: tries are counted per limit and key, and who has none left is told when to come back', async () => {
      const limit = books.a.limit('per key', { max: 2, withinMs: MINUTE })
      expect([await limit.take('ana'), await limit.take('ana'), await limit.take('ben')]).toEqual([0, 0, 0])
      const wait = await limit.take('ana')
      expect(wait).toBeGreaterThan(MINUTE / 2)
      expect(wait).toBeLessThanOrEqual(MINUTE)
      expect(await limit.take('ben')).toBe(0)
      expect(await books.a.limit('another', { max: 2, withinMs: MINUTE }).take('ana')).toBe(0)
    })

    test('TRIES-1: all tries that come at once count, wherever they come', async () => {
      const rule = { max: 20, withinMs: MINUTE }
      const nodes = [books.a.limit('at once', rule), books.b === books.a ? null : books.b.limit('at once', rule)]
      const limits = nodes.filter((it) => it !== null)
      const waits = await Promise.all(limits.flatMap((limit) => Array.from({ length: 50 }, () => limit.take('ana'))))
      expect(waits.filter((wait) => wait === 0)).toHaveLength(20)
    })

    test('TRIES-1: a span ends so long after its first try, however many came later', async () => {
      const limit = books.a.limit('ends', { max: 1, withinMs: 300 })
      expect(await limit.take('ana')).toBe(0)
      const from = performance.now()
      const wait = await limit.take('ana')
      expect(wait).toBeLessThanOrEqual(300)
      await askUntil(
        () => limit.take('ana'),
        (left) => left === 0,
        'the end of the span',
      )
      expect(performance.now() - from).toBeGreaterThan(wait - 50)
    })

    test('TRIES-2: a try that succeeded is given back; nobody gets back more than he took', async () => {
      const limit = books.a.limit('given back', { max: 1, withinMs: MINUTE })
      for (let i = 0; i < 3; i++) {
        expect(await limit.take('ana')).toBe(0)
        await limit.refund('ana')
      }
      for (let i = 0; i < 3; i++) await limit.refund('ana')
      await limit.refund('nobody')
      for (const who of ['ana', 'nobody']) {
        expect(await limit.take(who)).toBe(0)
        expect(await limit.take(who)).toBeGreaterThan(0)
      }
    })
  })
}
