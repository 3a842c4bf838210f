import { expect, test } from 'vitest'
import type { OpenCheck } from '#schemas/api/checks.ts'
import type { InboxItem, InboxMessage } from '#schemas/messages/inbox.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { createStore } from '../store.ts'
import { HandTimers } from '../testing/handTimers.ts'
import type { Api, PlaceView, UserLink } from '../types.ts'
import { CheckKeeper } from './checkKeeper.ts'

const link = (): UserLink => ({ open: true, request: async () => refuse('unavailable'), onPush: () => {} })
const check = (asked: number, open = true): InboxItem => ({
  ...{ kind: 'check', roomId: 'r', roomName: 'R', asked, open },
})
const open = (asked: number, leftMs: number): OpenCheck => ({ roomId: 'r', roomName: 'R', asked, leftMs })

/** A device whose server has `check` open, or answers with `refusal`; `gets` counts its questions, `sent` its answers. */
async function device(check: OpenCheck | null = null, place: PlaceView = { status: 'none' }) {
  const timers = new HandTimers()
  const server = { check, refusal: null as Refusal | null, gets: 0, sent: [] as unknown[] }
  let tell = (_message: InboxMessage) => {}
  const api: Api = {
    async get<T>() {
      server.gets++
      return (server.refusal ?? { check: server.check }) as T
    },
    async send<T>(_method: string, path: string, body?: unknown) {
      server.sent.push([path, body])
      return (server.refusal ?? { answered: true }) as T
    },
  }
  const links = createStore<UserLink | null>(link())
  const keeper = new CheckKeeper({
    ...{ link: links, place: createStore(place), api, timers },
    onInboxMessage: (seen) => {
      tell = seen
      return () => {}
    },
  })
  await timers.advance(0)
  let version = 0
  const hear = async (items: InboxItem[], skip = 0) => {
    version += 1 + skip
    tell({ version, items })
    await timers.advance(0)
  }
  return { keeper, timers, server, hear, links }
}

test('ATTEST-8: a device outside the room shows the check it is told of, for a minute, and answers it', async () => {
  const { keeper, timers, server, hear } = await device()
  await hear([check(7)])
  expect(keeper.view.get()).toMatchObject({ roomId: 'r', roomName: 'R', asked: 7 })
  await timers.advance(20_000)
  // It is there: told just before.
  expect(keeper.leftMs(keeper.view.get() as never)).toBe(40_000)
  expect(await keeper.answer()).toBeNull()
  expect(server.sent).toEqual([['/api/rooms/r/check', { asked: 7 }]])
  expect(keeper.view.get()).toBeNull()
  await hear([check(8)])
  await timers.advance(60_000)
  expect(keeper.view.get()).toBeNull()
})

test('ATTEST-8: an answer from elsewhere, a removal and the end of the room take it away; the end of an earlier one does not', async () => {
  for (const item of [
    check(7, false),
    { kind: 'roomEnded', roomId: 'r', roomName: 'R' },
    { kind: 'removed', roomId: 'r', roomName: 'R', how: 'kicked', reason: '' },
  ] as const) {
    const { keeper, hear } = await device()
    await hear([check(7)])
    await hear([check(6, false)])
    expect(keeper.view.get()).toMatchObject({ asked: 7 })
    await hear([item])
    expect(keeper.view.get()).toBeNull()
  }
})

test('ATTEST-8, I13: a lost message is made good: after a gap, an empty hint or a new connection the server is asked', async () => {
  const { keeper, server, hear, links } = await device(open(3, 10_000))
  expect(keeper.view.get()).toMatchObject({ asked: 3 })
  await hear([])
  expect(server.gets).toBe(2)
  server.check = null
  await hear([{ kind: 'warned', roomId: 'r', roomName: 'R', count: 1, reason: '' }], 1)
  expect(keeper.view.get()).toBeNull()
  server.check = open(4, 5_000)
  links.set(link())
  await new Promise((resolve) => setImmediate(resolve))
  expect(keeper.view.get()).toMatchObject({ asked: 4 })
  expect(server.gets).toBe(4)
})

test('ATTEST-8: a refusal that means "over" takes the question away, one that means "not now" leaves it for another try', async () => {
  const { keeper, server, hear } = await device()
  await hear([check(7)])
  server.refusal = refuse('unavailable')
  expect(await keeper.answer()).toEqual({ refused: 'unavailable' })
  expect(keeper.view.get()).toMatchObject({ asked: 7 })
  server.refusal = refuse('nothing_to_do')
  expect(await keeper.answer()).toEqual({ refused: 'nothing_to_do' })
  expect(keeper.view.get()).toBeNull()
})

test('ATTEST-8: a device in a place asks nobody: its room tells it', async () => {
  const { server, links } = await device(open(3, 10_000), { status: 'in' } as PlaceView)
  links.set(link())
  expect(server.gets).toBe(0)
})

test('ATTEST-8: a server that is away is asked again', async () => {
  const { keeper, server, timers, links } = await device()
  server.refusal = refuse('unavailable')
  links.set(link())
  await timers.advance(0)
  server.refusal = null
  server.check = open(5, 30_000)
  await timers.advance(3_000)
  expect(keeper.view.get()).toMatchObject({ asked: 5 })
})
