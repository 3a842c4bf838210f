import { expect, test } from 'vitest'
import { handTimers } from '#rooms/testing/handTimers.ts'
import { refuse } from '#schemas/refusals.ts'
import { GroupRooms, type GroupRoomsDeps } from './groupRooms.ts'

type Actor = NonNullable<ReturnType<GroupRoomsDeps['study']['live']>>

test('GROUP-12 (I13): a room of a group that cannot be compared or ended keeps no other from it', async () => {
  const timers = handTimers()
  const ended: string[] = []
  const expelled: string[] = []
  const broken = new Set(['live0', ...Array.from({ length: 15 }, (_, i) => `over${10 + i}`)])
  let over = Array.from({ length: 30 }, (_, i) => `over${10 + i}`)
  // As much of an actor as is asked of one here.
  const actorOf = (id: string) =>
    ({
      id,
      place: { state: { group: 'g', members: new Map([['ana', {}]]) } },
      turns: {
        live: async () => {
          if (broken.has(id)) throw new Error('lost')
        },
        async command() {
          if (!id.startsWith('over')) return void expelled.push(id)
          ended.push(id)
          over = over.filter((room) => room !== id)
          return {}
        },
      },
    }) as unknown as Actor
  const live = ['live0', 'live1'].map(actorOf)
  const rooms = new GroupRooms({
    timers,
    log: () => undefined,
    actors: { all: () => live },
    users: { endIn: () => undefined },
    study: {
      live: (id) => live.find((actor) => actor.id === id),
      wake: async (id) => (broken.has(id) ? refuse('unavailable') : actorOf(id)),
    },
    memberships: { membersOf: async () => [], leftOverRooms: async (limit) => over.slice(0, limit) },
  })
  for (let i = 0; i < 4; i++) {
    await rooms.check()
    timers.pass(2_000)
  }
  expect(expelled).toEqual(Array(4).fill('live1'))
  expect(ended).toEqual(Array.from({ length: 15 }, (_, i) => `over${25 + i}`))
  broken.clear()
  timers.pass(20_000)
  await rooms.check()
  expect(ended).toHaveLength(25)
})
