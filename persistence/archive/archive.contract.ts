import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { untouched } from '#schemas/chat/changed.ts'
import type { Archive, ArchivedMessage } from '../ports/archive.ts'

/** Opens an archive on a store; `reopen` closes it and opens the same store again. */
export type ArchiveFactory = () => Promise<{
  archive: Archive
  reopen(): Promise<Archive>
  /** Closes and removes everything. */
  dispose(): Promise<void>
}>

export const message = (number: number, differs: Partial<ArchivedMessage> = {}): ArchivedMessage => ({
  conversation: 'c',
  number,
  author: 'u',
  authorName: 'Mina',
  text: `text ${number}`,
  at: number * 1000,
  replyTo: null,
  mentions: [],
  ...untouched(),
  ...differs,
})

/** What every archive must do; see STORE-30 to STORE-38. */
export function archiveContract(name: string, make: ArchiveFactory): void {
  describe(`archive contract: ${name}`, () => {
    let made: Awaited<ReturnType<ArchiveFactory>>
    let archive: Archive
    let c = ''
    let conversations = 0
    beforeAll(async () => {
      made = await make()
      archive = made.archive
    })
    afterAll(() => made.dispose())
    beforeEach(() => {
      c = `conversation ${++conversations}`
    })
    const said = (number: number, differs: Partial<ArchivedMessage> = {}) =>
      message(number, { conversation: c, ...differs })

    const numbers = (page: readonly ArchivedMessage[]) => page.map((m) => m.number)

    test('STORE-30: a message comes back as it was put, also after opening again', async () => {
      const whole = said(1, {
        text: "'; drop table message; -- \u{1f9d1}\u200d\u{1f393} [1] {}",
        replyTo: 7,
        mentions: ['a', 'b'],
        reactions: [{ emoji: '👍', users: ['x'] }],
        editedAt: 5,
        pinned: true,
      })
      await archive.putMessages([whole])
      await archive.putPast(c, 1, 3, { text: 'old', until: 5 })
      archive = await made.reopen()
      expect(await archive.byNumbers(c, [1])).toEqual([whole])
      expect(await archive.past(c, 1)).toEqual([{ text: 'old', until: 5 }])
    })

    test('STORE-31: only a higher revision changes a message, in any order and with repeats', async () => {
      const put = fc.record({ number: fc.integer({ min: 1, max: 3 }), revision: fc.nat(4) })
      let run = 0
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(put), { maxLength: 6 }), async (batches) => {
          const conversation = `${c} ${run++}`
          const newest = new Map<number, number>()
          for (const batch of batches) {
            await archive.putMessages(
              batch.map((p) => said(p.number, { conversation, revision: p.revision, text: `r${p.revision}` })),
            )
            for (const p of batch) newest.set(p.number, Math.max(newest.get(p.number) ?? 0, p.revision))
          }
          const kept = await archive.byNumbers(conversation, [1, 2, 3])
          expect(kept.map((m) => [m.number, m.revision, m.text])).toEqual(
            [...newest].sort(([a], [b]) => a - b).map(([number, revision]) => [number, revision, `r${revision}`]),
          )
        }),
        { numRuns: 30 },
      )
    })

    test('STORE-32: pages go both ways, ascend, and stay in their conversation', async () => {
      await archive.putMessages([1, 2, 3, 5, 6, 7].map((n) => said(n)))
      await archive.putMessages([said(4, { conversation: 'other' })])
      expect(numbers(await archive.page(c, { limit: 2 }))).toEqual([6, 7])
      expect(numbers(await archive.page(c, { before: 6, limit: 3 }))).toEqual([2, 3, 5])
      expect(numbers(await archive.page(c, { after: 3, limit: 2 }))).toEqual([5, 6])
      expect(numbers(await archive.page(c, { after: 0, limit: 2 }))).toEqual([1, 2])
      expect(numbers(await archive.page(c, { after: 1, before: 6, limit: 9 }))).toEqual([2, 3, 5])
      expect(numbers(await archive.page(c, { before: 1, limit: 9 }))).toEqual([])
      expect(numbers(await archive.page(c, { after: 7, limit: 9 }))).toEqual([])
      expect(numbers(await archive.page('none', { limit: 9 }))).toEqual([])
    })

    test('STORE-32: exact numbers come ascending, as far as they are there', async () => {
      await archive.putMessages([said(3), said(1), said(2, { conversation: 'other' })])
      expect(numbers(await archive.byNumbers(c, [3, 2, 1, 1, 99]))).toEqual([1, 3])
      expect(await archive.byNumbers(c, [])).toEqual([])
    })

    test('STORE-33: edit history keeps each wording once, oldest first', async () => {
      await archive.putPast(c, 1, 9, { text: 'second', until: 20 })
      await archive.putPast(c, 1, 4, { text: 'first', until: 10 })
      await archive.putPast(c, 1, 4, { text: 'not again', until: 99 })
      await archive.putPast(c, 2, 5, { text: 'another message', until: 10 })
      expect(await archive.past(c, 1)).toEqual([
        { text: 'first', until: 10 },
        { text: 'second', until: 20 },
      ])
      expect(await archive.past('none', 1)).toEqual([])
    })

    test('STORE-37: a deleted message has no older wordings, also when an edit comes again after it', async () => {
      await archive.putMessages([said(1, { revision: 2 }), said(2, { revision: 1 })])
      await archive.putPast(c, 1, 1, { text: 'secret', until: 10 })
      await archive.putPast(c, 2, 1, { text: 'other', until: 10 })
      await archive.putMessages([said(1, { revision: 3, text: '', deleted: true })])
      expect(await archive.past(c, 1)).toEqual([])
      await archive.putPast(c, 1, 1, { text: 'secret', until: 10 })
      await archive.putPast(c, 1, 2, { text: 'secret too', until: 11 })
      archive = await made.reopen()
      expect(await archive.past(c, 1)).toEqual([])
      expect(await archive.past(c, 2)).toEqual([{ text: 'other', until: 10 }])
    })

    test('STORE-34: a date is found by the first message at or after it', async () => {
      await archive.putMessages([said(1, { at: 100 }), said(2, { at: 200 }), said(3, { at: 200 })])
      const found = [0, 100, 101, 200, 201].map((at) => archive.firstAt(c, at))
      expect(await Promise.all(found)).toEqual([1, 1, 2, 2, null])
      expect(await archive.firstAt('none', 0)).toBeNull()
    })

    test('STORE-35: pins follow the newest revision', async () => {
      await archive.putMessages([said(1, { revision: 1, pinned: true }), said(2, { revision: 2, pinned: true })])
      expect(numbers(await archive.pinned(c))).toEqual([1, 2])
      await archive.putMessages([said(1, { revision: 3 })])
      expect(numbers(await archive.pinned(c))).toEqual([2])
      expect(await archive.pinned('none')).toEqual([])
    })

    test('STORE-36: the newest number is told, 0 for none', async () => {
      expect(await archive.newest(c)).toBe(0)
      await archive.putMessages([said(12), said(9)])
      expect(await archive.newest(c)).toBe(12)
      await archive.putMessages([])
    })

    test('STORE-38: a dropped conversation is gone with its older wordings, and no other', async () => {
      await archive.putMessages([
        ...Array.from({ length: 2_500 }, (_, i) => said(i + 1, { pinned: i === 0 })),
        said(1, { conversation: `${c} other` }),
      ])
      await archive.putPast(c, 9, 1, { text: 'old', until: 10 })
      await archive.putPast(`${c} other`, 1, 1, { text: 'old', until: 10 })
      await archive.drop(c)
      await archive.drop(c)
      archive = await made.reopen()
      expect([await archive.newest(c), await archive.past(c, 9), await archive.pinned(c)]).toEqual([0, [], []])
      expect(await archive.newest(`${c} other`)).toBe(1)
      expect(await archive.past(`${c} other`, 1)).toHaveLength(1)
    })

    test('STORE-39: what one person wrote is found in pages; his name is taken off, and only his', async () => {
      const author = `author of ${c}`
      const own = Array.from({ length: 1_200 }, (_, i) => said(i + 1, { author }))
      await archive.putMessages([...own, said(1_300), said(2, { conversation: `${c} other`, author, deleted: true })])
      const first = await archive.byAuthor(author, null, 1_000)
      expect(first.map((m) => m.number)).toEqual(own.slice(0, 1_000).map((m) => m.number))
      const last = first.at(-1)
      const rest = await archive.byAuthor(
        author,
        last ? { conversation: last.conversation, number: last.number } : null,
        1_000,
      )
      expect(rest).toHaveLength(200)
      await archive.unname(author)
      await archive.unname(author)
      archive = await made.reopen()
      const names = (await archive.byAuthor(author, null, 2_000)).map((m) => m.authorName)
      expect([names.length, new Set(names)]).toEqual([1_200, new Set([''])])
      expect(await archive.byNumbers(c, [1, 1_300])).toMatchObject([{ text: 'text 1' }, { authorName: 'Mina' }])
    })

    test('STORE-31: many at once are one write', async () => {
      await archive.putMessages(Array.from({ length: 2_500 }, (_, i) => said(i + 1)))
      expect(await archive.newest(c)).toBe(2_500)
      expect(await archive.page(c, { limit: 100 })).toHaveLength(100)
    })
  })
}
