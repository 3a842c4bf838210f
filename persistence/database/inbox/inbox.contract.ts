import { expect, test } from 'vitest'
import type { InboxItem } from '#schemas/messages/inbox.ts'
import { insertRows } from '../dialect.ts'
import type { OpenDatabase } from '../openDatabase.ts'
import { inboxReadThrough, markInboxRead } from './inboxMark.ts'
import { putInboxItem } from './putInboxItem.ts'
import { inboxHead, readInbox } from './readInbox.ts'

const warned = (count: number): InboxItem => ({ kind: 'warned', roomId: 'r', roomName: 'R', count, reason: '' })

export function inboxContract(open: OpenDatabase): void {
  test('INBOX-1: items of one user get rising numbers, also several at once; pages go both ways', async () => {
    const db = await open()
    await putInboxItem(db, 'other', warned(9), 1)
    const numbers = await Promise.all([1, 2, 3, 4, 5].map((n) => putInboxItem(db, 'u', warned(n), n)))
    expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5])
    expect(await inboxHead(db, 'u')).toBe(5)
    const read = async (range: { after?: number; before?: number }, limit: number) => {
      const { entries, more } = await readInbox(db, 'u', range, limit)
      return [entries.map((e) => e.number), more]
    }
    expect(await read({ after: 2 }, 2)).toEqual([[3, 4], true])
    expect(await read({ after: 4 }, 2)).toEqual([[5], false])
    expect(await read({}, 2)).toEqual([[4, 5], true])
    expect(await read({ before: 4 }, 2)).toEqual([[2, 3], true])
    expect(await read({ before: 2 }, 2)).toEqual([[1], false])
    expect((await readInbox(db, 'nobody', {}, 5)).entries).toEqual([])
  })

  test('INBOX-1: what is old makes room, numbers go on; a kind that is not known is left out', async () => {
    const db = await open()
    await insertRows(
      db,
      'inbox_item',
      Array.from({ length: 300 }, (_, i) => ({ user_id: 'u', number: i + 1, at: i, body: JSON.stringify(warned(i)) })),
    )
    expect(await putInboxItem(db, 'u', warned(300), 300)).toBe(301)
    expect((await readInbox(db, 'u', { after: 0 }, 1)).entries[0]?.number).toBe(2)
    await insertRows(db, 'inbox_item', [{ user_id: 'v', number: 1, at: 1, body: '{"kind":"of tomorrow"}' }])
    expect(await readInbox(db, 'v', {}, 5)).toEqual({ entries: [], more: false })
  })

  test('INBOX-2: the read mark moves forward only, and not beyond the newest', async () => {
    const db = await open()
    for (const n of [1, 2, 3]) await putInboxItem(db, 'u', warned(n), n)
    expect(await inboxReadThrough(db, 'u')).toBe(0)
    expect(await markInboxRead(db, 'u', 2)).toBe(2)
    expect(await markInboxRead(db, 'u', 1)).toBe(2)
    expect(await markInboxRead(db, 'u', 99)).toBe(3)
    expect(await inboxReadThrough(db, 'v')).toBe(0)
  })
}
