import { expect, onTestFinished, test } from 'vitest'
import { askUntil } from '#client/testing/askUntil.ts'
import { TestPeer } from '#media/testing/testPeer.ts'
import type { MediaSource } from '#schemas/media/sources.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { newPerson, Person } from '#server/testing/person.ts'
import type { Sitting } from '#server/testing/sit.ts'
import { mediaOver } from '../harness/mediaOver.ts'
import { closeOf, createRoom, mustSit, shows } from '../harness/seat.ts'
import type { ClusterNode } from './testing/cluster.ts'
import type { Pair } from './testing/pair.ts'

/** The goal is 1 s; the rest is room for a machine that does other things beside. */
const GONE_MS = 4_000

/** Rooms' media in a cluster: each node has a worker, a port and an address of its own. */
export function mediaOverNodes(pair: () => Pair): void {
  /** Somebody in the room, asked for at the node that he came to, and in its media with microphone and camera. */
  async function talks(person: Person, roomId: string): Promise<{ room: Sitting; peer: TestPeer; at: string }> {
    const room = await mustSit(person, roomId)
    const peer = await TestPeer.join(mediaOver(room), room.sessionId)
    onTestFinished(async () => {
      await peer.vanish()
      if (room.connection.isOpen) await room.leave()
    })
    await peer.publish('microphone')
    await peer.publish('camera')
    return { room, peer, at: await wayOf(room) }
  }

  /** Address and port of the room's media, as whoever asks is told. */
  async function wayOf(room: Sitting): Promise<string> {
    const offered = await room.request('media.createTransport', {
      direction: 'receive',
      rtpCapabilities: { codecs: [] },
    })
    if (isRefusal(offered)) throw new Error(offered.refused)
    const ways = offered.iceCandidates.map((it) => `${it['protocol']} ${it['address']}:${it['port']}`)
    return ways.find((way) => way.startsWith('udp')) ?? `none by UDP: ${ways}`
  }

  /** Resolves when packets of this source come. */
  async function gets(viewer: { room: Sitting; peer: TestPeer }, userId: string, source: MediaSource): Promise<void> {
    const producer = () => viewer.room.state.members.get(userId)?.producers.get(source)
    await shows(viewer.room, () => producer() !== undefined)
    const { consumer } = await viewer.peer.hear(producer() ?? '')
    await askUntil(
      () => viewer.peer.count(consumer),
      (count) => count > 10,
      `${source} of ${userId}`,
    )
  }

  /** The same person at another node. */
  const alsoAt = (person: Person, node: ClusterNode) =>
    Object.assign(new Person(node.url), { cookie: person.cookie, me: person.me })

  const twoWho = async () => [await newPerson(pair().a.url, 'Ann'), await newPerson(pair().b.url, 'Ben')] as const

  test('MROOM-15 (V1): whichever node they came by, members hear and see each other on the node of their room, each at that node’s own address and port', async () => {
    const [ann, ben] = await twoWho()
    const ways: string[] = []
    for (const node of [pair().a, pair().b]) {
      const roomId = await createRoom(alsoAt(ann, node), { kind: 'staying' })
      const [hers, his] = [await talks(ann, roomId), await talks(ben, roomId)]
      for (const source of ['microphone', 'camera'] as const) {
        await gets(hers, ben.me.id, source)
        await gets(his, ann.me.id, source)
      }
      expect(hers.at).toBe(his.at)
      ways.push(hers.at)
      for (const { room } of [hers, his]) await room.leave()
    }
    expect(ways[0]).toMatch(/^udp 127\.0\.0\.1:/)
    expect(ways[1]).toMatch(/^udp 127\.0\.0\.2:/)
    expect(ways[0]?.split(':')[1]).not.toBe(ways[1]?.split(':')[1])
  })

  test('MROOM-15 (I7): whom a leader at node a puts out of the group neither hears nor is heard in its room at node b', async () => {
    const [leader, member] = await twoWho()
    const at = async (person: Person, path: string, body: unknown = {}) => {
      const answer = await person.post(`/api/groups${path}`, body)
      if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body as { groupId: string; code: string; roomId: string }
    }
    const { groupId } = await at(leader, '', { name: 'Night owls' })
    const { code } = await at(leader, `/${groupId}/code`)
    await at(member, '/join', { code })
    const { roomId } = await at(alsoAt(leader, pair().b), `/${groupId}/rooms`, { name: 'Ours' })
    const [leads, guest] = [await talks(leader, roomId), await talks(member, roomId)]
    await gets(leads, member.me.id, 'microphone')
    await gets(guest, leader.me.id, 'microphone')
    let last = 0
    for (const { peer } of [leads, guest])
      peer.receiving?.onRtp(() => {
        last = performance.now()
      })
    const gone = closeOf(guest.room)
    const since = performance.now()
    await at(leader, `/${groupId}/members/${member.me.id}/kick`)
    await gone
    await askUntil(
      () => performance.now() - last,
      (quiet) => quiet > 1_000,
      'silence',
    )
    console.log(`cluster: put out at another node, the last packet came ${Math.round(last - since)} ms after`)
    expect(last - since).toBeLessThan(GONE_MS)
    expect(leads.room.state.members.has(member.me.id)).toBe(false)
  })
}
