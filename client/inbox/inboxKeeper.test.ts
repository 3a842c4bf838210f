import { expect, test } from 'vitest'
import type { InboxEntry, InboxPage } from '#schemas/api/inbox.ts'
import type { InboxItem, InboxMessage } from '#schemas/messages/inbox.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { createStore } from '../store.ts'
import { HandTimers, promises } from '../testing/handTimers.ts'
import type { Api, UserLink } from '../types.ts'
import { InboxKeeper } from './inboxKeeper.ts'

const item = (count: number): InboxItem => ({ kind: 'warned', roomId: 'r', roomName: 'R', count, reason: '' })
const entry = (number: number): InboxEntry => ({ number, at: number, item: item(number) })

/** A server with a kept list; `away` makes it answer nothing. */
function setUp(kept: number) {
  const timers = new HandTimers()
  const link = createStore<UserLink | null>(null)
  const asked: Record<string, unknown>[] = []
  const list = Array.from({ length: kept }, (_, i) => entry(i + 1))
  const server = { list, readThrough: 0, away: false, pageSize: 3 }
  let tell = (_message: InboxMessage) => {}
  const pageOf = (query: { after?: number; before?: number }): InboxPage => {
    const { readThrough, pageSize } = server
    const fits = list.filter((e) => e.number > (query.after ?? 0) && e.number < (query.before ?? Infinity))
    const entries = query.after === undefined ? fits.slice(-pageSize) : fits.slice(0, pageSize)
    return { entries, more: fits.length > pageSize, head: list.length, readThrough, unread: list.length - readThrough }
  }
  const api: Api = {
    async get<T>(_path: string, query: Record<string, unknown> = {}): Promise<T | Refusal> {
      asked.push(query)
      return server.away ? refuse('unavailable') : (pageOf(query) as T)
    },
    async send<T>(_method: string, _path: string, body?: unknown) {
      server.readThrough = (body as { through: number }).through
      return { readThrough: server.readThrough, unread: 0 } as T
    },
  }
  const keeper = new InboxKeeper({
    ...{ link, api, timers },
    onInboxMessage: (seen) => {
      tell = seen
      return () => {}
    },
  })
  const numbers = () => keeper.view.get().entries.map((e) => e.number)
  const put = () => list.push(entry(list.length + 1))
  return { keeper, server, timers, link, asked, numbers, put, tell: (message: InboxMessage) => tell(message) }
}

test('INBOX-3: the next version is taken as it comes; a gap is asked for, and nothing comes twice', async () => {
  const { keeper, asked, numbers, put, tell } = setUp(2)
  await promises()
  tell({ version: 7, items: [] })
  await promises()
  expect(numbers()).toEqual([1, 2])
  const questions = asked.length
  put()
  tell({ version: 8, items: [item(3)], number: 3, at: 3 })
  expect(numbers()).toEqual([1, 2, 3])
  expect(keeper.view.get()).toMatchObject({ unread: 3, head: 3 })
  expect(asked).toHaveLength(questions)
  // The hints of 4 and 5 are lost.
  for (let i = 0; i < 3; i++) put()
  tell({ version: 11, items: [item(6)], number: 6, at: 6 })
  await promises()
  expect(asked.at(-1)).toMatchObject({ after: 3 })
  expect(numbers()).toEqual([1, 2, 3, 4, 5, 6])
  tell({ version: 11, items: [item(6)], number: 6, at: 6 })
  tell({ version: 9, items: [item(4)], number: 4, at: 4 })
  await promises()
  expect(numbers()).toEqual([1, 2, 3, 4, 5, 6])
})

test('INBOX-3: a new connection asks for what was missed, page by page, also after the server was away', async () => {
  const { server, timers, link, numbers, put } = setUp(1)
  await promises()
  for (let i = 0; i < 7; i++) put()
  server.away = true
  link.set({} as UserLink)
  await promises()
  expect(numbers()).toEqual([1])
  server.away = false
  await timers.advance(3_100)
  expect(numbers()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('INBOX-2: older ones come by pages; having looked sets the count to nothing', async () => {
  const { keeper, server, numbers } = setUp(7)
  await promises()
  expect(numbers()).toEqual([5, 6, 7])
  await keeper.loadOlder()
  await keeper.loadOlder()
  expect(numbers()).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(keeper.view.get()).toMatchObject({ hasOlder: false, unread: 7 })
  await keeper.markRead()
  expect(keeper.view.get().unread).toBe(0)
  expect(server.readThrough).toBe(7)
})

test('CLIENT-18: items come from whichever socket there is: after each change of it what was missed is asked for', async () => {
  const { numbers, put, link } = setUp(1)
  await promises()
  for (const socket of ['lobby', 'room', 'lobby again']) {
    put()
    // Only that it is another one matters.
    link.set({ name: socket } as unknown as UserLink)
    await promises()
    expect(numbers()).toEqual(Array.from({ length: numbers().length }, (_, i) => i + 1))
  }
  expect(numbers()).toEqual([1, 2, 3, 4])
})
