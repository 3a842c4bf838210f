import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logPages } from './logPages.ts'
import type { LogRow } from './procedures/logProcedures.ts'

const row = (pos: number, size = 10): LogRow => {
  const draft = { id: `e${pos}`, type: 'test.happened', version: 1, at: pos, actor: null, data: 'x'.repeat(size) }
  return { pos, key: 'k', seq: pos, epoch: 1, body: JSON.stringify(draft) }
}

/** A log that answers late, from what it holds then, and counts what it is asked for. */
function slowLog() {
  const rows: LogRow[] = []
  const asked = { rows: 0 }
  const pages = logPages(async (after, limit) => {
    await nextTurn()
    const found = rows.filter(({ pos }) => pos > after).slice(0, limit)
    asked.rows += found.length
    await nextTurn()
    return found
  })
  const commit = (count: number, size?: number) => {
    for (let i = 0; i < count; i++) rows.push(row(rows.length + 1, size))
    pages.committed()
  }
  return { rows, asked, pages, commit }
}

test('LOG-8: groups at any positions read each event once, in order, and all that was committed before they asked', async () => {
  const step = fc.oneof(
    fc.record({ commit: fc.integer({ min: 1, max: 400 }), size: fc.constantFrom(10, 4000) }),
    fc.record({ group: fc.nat(3), limit: fc.constantFrom(3, 50, 500, 700) }),
    fc.constant('turn' as const),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { rows, pages, commit } = slowLog()
      const at = [0, 0, 0, 0]
      const busy = new Map<number, Promise<void>>()
      const read = async (group: number, limit: number) => {
        const [after, committed] = [at[group] ?? 0, rows.length]
        const { events, last } = await pages.read(after, limit)
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => after + 1 + i))
        expect(events.length).toBeLessThanOrEqual(limit)
        expect(last).toBe(events.length > 0 ? after + events.length : null)
        expect(events.length).toBeGreaterThanOrEqual(Math.min(limit, committed - after))
        at[group] = last ?? after
      }
      for (const it of steps) {
        if (it === 'turn') await nextTurn()
        else if ('commit' in it) commit(it.commit, it.size)
        else if (!busy.has(it.group))
          busy.set(
            it.group,
            read(it.group, it.limit).finally(() => busy.delete(it.group)),
          )
      }
      await Promise.all(busy.values())
      for (const group of at.keys()) while ((at[group] ?? 0) < rows.length) await read(group, 500)
    }),
    { numRuns: 150 },
  )
})

test('LOG-8: two who come while a page is under way both read what was committed before they came', async () => {
  const { pages, commit } = slowLog()
  commit(1)
  const first = pages.read(0, 500)
  await nextTurn()
  commit(1)
  const both = await Promise.all([pages.read(0, 500), pages.read(0, 500)])
  expect((await first).last).toBe(1)
  expect(both.map(({ last }) => last)).toEqual([2, 2])
})

test('LOG-8: groups that go together cost one reading; a failed one is tried again', async () => {
  const { asked, pages, commit, rows } = slowLog()
  const at = [0, 0, 0, 0]
  for (let round = 0; round < 20; round++) {
    commit(30)
    for (const group of at.keys()) at[group] = (await pages.read(at[group] ?? 0, 500)).last ?? 0
  }
  expect(at).toEqual([600, 600, 600, 600])
  expect(asked.rows).toBe(rows.length)

  let fails = true
  const failing = logPages(async () => {
    if (fails) throw new Error('no disk')
    return [row(1)]
  })
  await expect(failing.read(0, 5)).rejects.toThrow('no disk')
  fails = false
  expect((await failing.read(0, 5)).last).toBe(1)
})
