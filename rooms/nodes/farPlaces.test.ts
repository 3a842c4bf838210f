import { expect, test } from 'vitest'
import { LedgerUnavailable } from '#persistence/ports/ledger.ts'
import type { NodeLink } from '#persistence/ports/nodeLink.ts'
import { OwnedElsewhere } from '#rooms/place/restore.ts'
import type { Caller, Places } from '#rooms/places.ts'
import { handTimers } from '#rooms/testing/handTimers.ts'
import { linkBus } from '#rooms/testing/linkBus.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { farPlaces } from './farPlaces.ts'

const ana: Caller = { userId: 'ana', name: 'Ana', handle: 'ana', account: 'account', device: 'desk' }

/** Nodes whose places answer with their own name; claims are one map, as in a shared ledger. */
function cluster() {
  const bus = linkBus()
  const timers = handTimers()
  const claims = new Map<string, string>()
  const seats = new Map<string, { node: string; place: string }>()
  const living = new Set<string>()
  const done: string[] = []
  let ledgerAway = false

  function join(node: string, directory: Readonly<Record<string, string>> = {}) {
    living.add(node)
    const state = { draining: false }
    const here = async <T>(roomId: string, what: string, answer: T): Promise<T | Refusal> => {
      if (state.draining) return refuse('draining')
      const owner = claims.get(roomId) ?? node
      if (owner !== node) throw new OwnedElsewhere(owner)
      claims.set(roomId, node)
      done.push(`${node}: ${what} ${roomId}`)
      return answer
    }
    const told =
      (what: string) =>
      async (...args: readonly unknown[]) =>
        void done.push(`${node}: ${what} ${args[0]}`)
    const seat = { name: 'study', sessionId: 's', roomId: 'r', processId: node }
    const local: Partial<Places> = {
      enterStudy: (_, roomId, password) => here(roomId, `enter ${password ?? 'without password'}`, { seat }),
      changeStudy: (_, roomId, change) => here(roomId, `change ${JSON.stringify(change)}`, {}),
      endStudy: (_, roomId) => here(roomId, 'end', {}),
      forget: (user, roomId) => here(roomId, `forget ${user}`, {}),
      createGroupRoom: (roomId) => here(roomId, 'make', { roomId }),
      expel: told('expel'),
      showStanding: told('standing'),
      blocksChanged: told('blocks'),
      profileChanged: told('profile'),
      checks: {
        of: async (user) => {
          const place = seats.get(user)?.place ?? ''
          return claims.get(place) === node ? { roomId: place, roomName: node, asked: 1, leftMs: 1 } : null
        },
        answer: (user, roomId) => here(roomId, `answer of ${user} in`, { answered: true }),
      },
    }
    const link: NodeLink = bus.join(node)
    const places = farPlaces(local as Places, {
      ...{ link, node, timers },
      nodeOf: (roomId) => directory[roomId] ?? null,
      async seatOf(user) {
        if (ledgerAway) throw new LedgerUnavailable('away')
        return seats.get(user)
      },
    })
    return { places, enter: (roomId: string, password?: string) => places.enterStudy(ana, roomId, password), state }
  }
  return {
    ...{ bus, claims, seats, done, join },
    ledgerAway: () => {
      ledgerAway = true
    },
    /** What is waited for comes about while time passes. */
    async within<T>(ms: number, answer: Promise<T>): Promise<T | 'nothing yet'> {
      let got: T | 'nothing yet' = 'nothing yet'
      void answer.then((it) => {
        got = it
      })
      const flush = async () => {
        for (let i = 0; i < 5; i++) await new Promise((next) => setImmediate(next))
      }
      await flush()
      for (let gone = 0; gone < ms && got === 'nothing yet'; gone += 50) {
        timers.pass(50)
        await flush()
      }
      return got
    },
  }
}
const at = (node: string) => ({ seat: expect.objectContaining({ processId: node }) })

test('NODE-1: a room is entered at the node that shows it; nobody else is asked', async () => {
  const { join, claims, within, bus, done } = cluster()
  const b = join('b', { room: 'a' })
  join('a')
  claims.set('room', 'a')
  expect(await within(0, b.enter('room', 'open sesame'))).toEqual(at('a'))
  expect(bus.asked).toEqual(['b asks a'])
  expect(done).toEqual(['a: enter open sesame room'])
})

test('NODE-1: an owner that no directory shows is learnt from the claim; a directory that is behind as well', async () => {
  const { join, claims, within, bus } = cluster()
  const b = join('b', { moved: 'c' })
  join('a')
  join('c')
  claims.set('room', 'a').set('moved', 'a')
  expect(await within(1_000, b.enter('room'))).toEqual(at('a'))
  expect(await within(1_000, b.enter('moved'))).toEqual(at('a'))
  expect(bus.asked).toEqual(['b asks a', 'b asks c', 'b asks a'])
})

test('NODE-1: a sleeping room wakes at the node that was asked; of many at once one has it', async () => {
  const { join, within, claims } = cluster()
  const [a, b] = [join('a'), join('b')]
  const entered = await Promise.all(
    Array.from({ length: 20 }, (_, i) => within(2_000, (i % 2 === 0 ? a : b).enter('room'))),
  )
  expect(new Set(entered.map((it) => JSON.stringify(it))).size).toBe(1)
  expect(entered[0]).toEqual(at(claims.get('room') ?? ''))
})

test('NODE-1: whatever changes a room goes the same way', async () => {
  const { join, claims, within, done } = cluster()
  const { places } = join('b')
  join('a')
  claims.set('room', 'a')
  // What is routed is not looked at on the way.
  const gate = { group: 'g', role: null, leader: { userId: 'l', name: 'L' } } as never
  for (const asked of [
    places.changeStudy(ana, 'room', { notice: 'x' }),
    places.forget('ana', 'room'),
    places.createGroupRoom('room', {} as never, gate),
    places.checks.answer('ana', 'room', 1),
    places.endStudy(ana, 'room'),
  ])
    expect(await within(2_000, asked)).not.toMatchObject({ refused: expect.anything() })
  expect(done.map((what) => what.slice(0, 2))).toEqual(['a:', 'a:', 'a:', 'a:', 'a:'])
})

test('NODE-2: when the owner is gone, the node that was asked has the room as soon as it may claim it', async () => {
  const { join, claims, within, bus } = cluster()
  const b = join('b', { room: 'a' })
  claims.set('room', 'a')
  const entered = b.enter('room')
  expect(await within(2_500, entered)).toBe('nothing yet')
  claims.delete('room')
  expect(await within(500, entered)).toEqual(at('b'))
  expect(bus.asked.length).toBeLessThan(20)
})

test('NODE-2: an owner that drains is waited out; whoever comes after it answers', async () => {
  const { join, claims, within } = cluster()
  const b = join('b', { room: 'a' })
  const a = join('a')
  join('c')
  claims.set('room', 'a')
  a.state.draining = true
  const entered = b.enter('room')
  expect(await within(500, entered)).toBe('nothing yet')
  claims.set('room', 'c')
  expect(await within(500, entered)).toEqual(at('c'))
})

test('NODE-2: after 6 s it is given up', async () => {
  const { join, claims, within } = cluster()
  const b = join('b')
  claims.set('room', 'gone, and never marked dead')
  const entered = b.enter('room')
  expect(await within(5_500, entered)).toBe('nothing yet')
  expect(await within(1_500, entered)).toEqual({ refused: 'unavailable' })
})

test('NODE-3: memberships, blocks and profiles concern every node', async () => {
  const { join, done } = cluster()
  const { places } = join('a')
  join('b')
  join('c')
  await places.expel('ana', 'g', ['room'], 'leftGroup')
  // Passed on as it is.
  await places.showStanding('room', 'ana', {} as never)
  await places.blocksChanged(['ana'])
  await places.profileChanged('ana', { name: 'A', handle: 'a', image: null })
  for (const node of ['a', 'b', 'c'])
    for (const what of ['expel ana', 'standing room', 'blocks ana', 'profile ana'])
      expect(done.filter((it) => it === `${node}: ${what}`)).toHaveLength(1)
})

test('NODE-3: an open check is known by the node of the room, also when that is no longer the node of the seat', async () => {
  const { join, claims, seats, ledgerAway } = cluster()
  const c = join('c', { moved: 'b' })
  join('a')
  join('b')
  seats.set('ana', { node: 'a', place: 'room' }).set('ben', { node: 'gone', place: 'moved' })
  seats.set('cho', { node: 'gone', place: 'left behind' })
  claims.set('room', 'a').set('moved', 'b')
  expect(await c.places.checks.of('ana')).toMatchObject({ roomName: 'a' })
  expect(await c.places.checks.of('ben')).toMatchObject({ roomName: 'b' })
  expect(await c.places.checks.of('cho')).toBeNull()
  expect(await c.places.checks.of('nobody')).toBeNull()
  ledgerAway()
  expect(await c.places.checks.of('ana')).toEqual({ refused: 'unavailable' })
})
