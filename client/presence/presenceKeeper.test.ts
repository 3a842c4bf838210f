import { expect, test } from 'vitest'
import type { PresenceView } from '#schemas/messages/presence.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { createStore } from '../store.ts'
import { HandTimers } from '../testing/handTimers.ts'
import type { Api, UserLink } from '../types.ts'
import { PresenceKeeper } from './presenceKeeper.ts'

const online = (userId: string): PresenceView => ({ userId, state: 'online', place: null, lastSeenAt: null })

/** A connection that writes down what it is asked, and pushes by hand. */
function linkTo(answer: (type: string, payload: never) => unknown = () => ({})) {
  const asked: [string, unknown][] = []
  let push: (body: never) => void = () => {}
  // Which message has which form each test knows; this one link carries all.
  const link: UserLink & { open: boolean } = {
    open: true,
    async request<T>(type: string, payload: unknown): Promise<T | Refusal> {
      asked.push([type, payload])
      return answer(type, payload as never) as T
    },
    onPush: (_type, seen) => {
      push = seen as never
    },
  }
  return { link, asked, push: (body: unknown) => push(body as never) }
}

function keeper(first: UserLink | null = null) {
  const timers = new HandTimers()
  const link = createStore<UserLink | null>(first)
  let refused: Refusal | null = null
  const api: Api = {
    get: async <T>() => ({ choice: 'dnd' }) as T,
    send: async <T>(_method: string, _path: string, body?: unknown) => (refused ?? body) as T,
  }
  const made = new PresenceKeeper({ link, api, timers })
  return { keeper: made, timers, link, refuse: (refusal: Refusal) => (refused = refusal) }
}
const presences = (_type: string, { users }: { users?: string[] }) => ({ presences: (users ?? []).map(online) })

test('PRESENCE-4: what several screens look at is one question, asked anew over each connection', async () => {
  const one = linkTo(presences)
  const { keeper: k, timers, link } = keeper(one.link)
  const stop = k.watch(['b', 'a'])
  k.watch(['b', 'c'])
  await timers.advance(200)
  expect(one.asked).toEqual([['presence.watch', { users: ['a', 'b', 'c'] }]])
  expect([...k.view.get().keys()]).toEqual(['a', 'b', 'c'])
  one.push({ presences: [{ ...online('a'), state: 'away' }], hidden: ['b'] })
  expect(k.view.get().get('a')?.state).toBe('away')
  expect(k.view.get().has('b')).toBe(false)
  stop()
  await timers.advance(200)
  expect(one.asked[1]).toEqual(['presence.watch', { users: ['b', 'c'] }])
  const two = linkTo(presences)
  one.link.open = false
  link.set(two.link)
  await timers.advance(200)
  expect(two.asked).toEqual([['presence.watch', { users: ['b', 'c'] }]])
  one.push({ presences: [{ ...online('c'), state: 'offline' }], hidden: [] })
  expect(k.view.get().get('c')?.state).toBe('online')
})

test('PRESENCE-4: a refused question is asked again', async () => {
  let tries = 0
  const one = linkTo((type, payload) => (tries++ === 0 ? refuse('rate') : presences(type, payload)))
  const { keeper: k, timers } = keeper(one.link)
  k.watch(['a'])
  await timers.advance(200)
  expect(k.view.get().size).toBe(0)
  await timers.advance(2_200)
  expect(k.view.get().get('a')).toEqual(online('a'))
})

test('PRESENCE-2: idleness is reported when it changes, and to a new connection only if there is any', async () => {
  const one = linkTo()
  const { keeper: k, timers, link } = keeper(one.link)
  k.setIdle(false)
  k.setIdle(true)
  k.setIdle(true)
  await timers.advance(200)
  const reports = (l: typeof one) => l.asked.filter(([type]) => type === 'presence.report').map(([, p]) => p)
  expect(reports(one)).toEqual([{ idle: true }])
  const two = linkTo()
  link.set(two.link)
  await timers.advance(200)
  expect(reports(two)).toEqual([{ idle: true }])
  k.setIdle(false)
  const three = linkTo()
  link.set(three.link)
  await timers.advance(200)
  expect(reports(two)).toEqual([{ idle: true }, { idle: false }])
  expect(reports(three)).toEqual([])
})

test('PRESENCE-2: a choice shows at once and is taken back when it is refused', async () => {
  const { keeper: k, timers, refuse: refuses } = keeper()
  await timers.advance(0)
  expect(k.choice.get()).toBe('dnd')
  expect(await k.choose('away')).toBe(null)
  refuses(refuse('unavailable'))
  const choosing = k.choose('invisible')
  expect(k.choice.get()).toBe('invisible')
  expect(await choosing).toEqual(refuse('unavailable'))
  expect(k.choice.get()).toBe('away')
})
