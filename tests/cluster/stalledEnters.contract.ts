import { expect, test } from 'vitest'
import { askUntil } from '#client/testing/askUntil.ts'
import { stretch } from '#client/testing/stretch.ts'
import type { RoomPage } from '#schemas/messages/lobby.ts'
import { type Resident, sure } from '../harness/resident.ts'
import { until } from '../harness/until.ts'
import type { ClusterNode } from './testing/cluster.ts'
import type { Pair } from './testing/pair.ts'

/** Rounds; each has another of the three nodes stand still. */
const STALLS = Number(process.env['STALLS'] ?? 3)

/** Many enter a sleeping room at once while one of three nodes stands still for half a second. */
export function stalledEnters(pair: () => Pair): void {
  const cards = async (it: Resident, roomId: string) =>
    sure(await it.get<RoomPage>('/api/rooms', { limit: 50 })).rooms.filter(({ id }) => id === roomId)

  test(`NODE-28 (I2): 20 enter a sleeping room over 3 nodes while one stands still, ${STALLS} times: one owner, listed once, nothing stolen from the slow one`, async () => {
    const { cluster, a, b } = pair()
    const c = await cluster.startNode()
    const nodes = [a, b, c]
    const at = (i: number) => nodes[i % 3] as ClusterNode
    const people = await Promise.all(Array.from({ length: 20 }, (_, i) => pair().comes(at(i))))
    const [first] = people as [Resident]
    const roomId = await first.createRoom({ kind: 'staying', capacity: 30 })
    // In a room of each node sits somebody who notices nothing.
    const steady = await Promise.all(nodes.map((node) => pair().comes(node)))
    const homes = await Promise.all(steady.map((it) => it.createRoom({ kind: 'staying' })))
    for (const [i, it] of steady.entries()) await it.enter(homes[i] ?? '')
    const held = await Promise.all(homes.map((id) => cluster.recordOf(id)))
    let disturbed = 0
    for (const { hub } of steady) {
      const look = () => {
        const view = hub.place.get()
        if (view.status !== 'in' || view.connection !== 'live') disturbed++
      }
      hub.place.subscribe(look)
    }

    for (let round = 0; round < STALLS; round++) {
      await Promise.all(people.map((it) => it.hub.leave()))
      await askUntil(
        async () => (await cluster.recordOf(roomId)).owner,
        (owner) => owner === '',
        'the room asleep',
      )
      const slow = at(round)
      const entered = Promise.all(people.map((it) => it.enter(roomId)))
      slow.child.kill('SIGSTOP')
      await stretch(500) // it stands still
      slow.child.kill('SIGCONT')
      const rooms = await entered
      for (const room of rooms) await until(room.changes, () => room.state.members.size === 20, 'all in one room')
      const { epoch } = await cluster.recordOf(roomId)
      await cluster.nodeOf(roomId, nodes)
      expect(await cluster.listingsOf(roomId)).toEqual([epoch])
      for (const it of people.slice(0, 3))
        await askUntil(
          () => cards(it, roomId),
          (found) => found.length === 1 && found[0]?.members === 20,
          'it in the lobby, once',
        )
    }
    expect(disturbed).toBe(0)
    for (const [i, id] of homes.entries()) {
      const { owner, epoch } = held[i] ?? {}
      expect(await cluster.recordOf(id)).toMatchObject({ owner, epoch })
    }
    await pair().everybodyLeaves()
    expect(await c.stop()).toBe(0)
  })
}
