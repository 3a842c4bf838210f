import { expect, test } from 'vitest'
import type { StudyHandle } from '#client/types.ts'
import { type Resident, sure } from '../harness/resident.ts'
import { until } from '../harness/until.ts'
import type { Pair } from './testing/pair.ts'

/** By push it takes moments; a hint that was lost is made up for by the next comparison, every 5 s. */
const AT_ONCE_MS = 3_000
const BY_CHECK_MS = 10_000

/** What is done at one node holds for who sits in a room of another. */
export function removalsOverNodes(pair: () => Pair): void {
  const isOut = (it: Resident, withinMs: number) =>
    until(it.hub.place, (place) => place.status !== 'in', `${it.name} out`, withinMs)
  const texts = (room: StudyHandle) => room.chat.view.get().messages.map((m) => m.text)

  /** A room of node b with a guest in it; its owner has come by way of node a, and has a device at node b too. */
  async function roomAtB(): Promise<{ owner: Resident; guest: Resident; roomId: string; room: StudyHandle }> {
    const [owner, guest] = [await pair().comes(pair().a), await pair().comes(pair().b)]
    const there = await pair().alsoAt(owner, pair().b)
    const { roomId } = sure(
      await there.api.send<{ roomId: string }>('POST', '/api/rooms', { name: 'At node B', kind: 'staying' }),
    )
    return { owner, guest, roomId, room: await guest.enter(roomId) }
  }

  type Group = { readonly leader: Resident; readonly member: Resident; readonly group: string; readonly room: string }
  /** A group whose leader is at node a, with a member in its room at node b. */
  async function groupAtB(): Promise<Group> {
    const [leader, member] = [await pair().comes(pair().a), await pair().comes(pair().b)]
    const { groupId: group } = sure(
      await leader.hub.api.send<{ groupId: string }>('POST', '/api/groups', { name: 'Night owls' }),
    )
    const { code } = sure(await leader.hub.api.send<{ code: string }>('POST', `/api/groups/${group}/code`, {}))
    sure(await member.hub.api.send('POST', '/api/groups/join', { code }))
    const there = await pair().alsoAt(leader, pair().b)
    const made = await there.api.send<{ roomId: string }>('POST', `/api/groups/${group}/rooms`, { name: 'Ours' })
    const room = sure(made).roomId
    await member.enter(room)
    return { leader, member, group, room }
  }

  test('NODE-24 (I7): whom the owner kicks is out at once, and is let in and told of the room by neither node', async () => {
    const { owner, guest, roomId } = await roomAtB()
    const room = await owner.enter(roomId)
    sure(await room.request('member.kick', { userId: guest.userId, reason: '' }))
    await isOut(guest, AT_ONCE_MS)
    const elsewhere = await pair().alsoAt(guest, pair().a)
    for (const hub of [guest.hub, elsewhere]) {
      expect(await hub.api.send('POST', `/api/rooms/${roomId}/enter`, {})).toMatchObject({ refused: 'kicked' })
      expect(await hub.api.get(`/api/rooms/${roomId}/messages`)).toMatchObject({ refused: 'forbidden' })
    }
  })

  test('NODE-24 (I7): whom a leader at node a puts out of the group is out of its room at node b at once', async () => {
    const { leader, member, group, room } = await groupAtB()
    sure(await leader.hub.api.send('POST', `/api/groups/${group}/members/${member.userId}/kick`, {}))
    await isOut(member, AT_ONCE_MS)
    const elsewhere = await pair().alsoAt(member, pair().a)
    for (const hub of [member.hub, elsewhere])
      expect(await hub.api.send('POST', `/api/rooms/${room}/enter`, {})).toMatchObject({ refused: 'kicked' })
  })

  test('NODE-24: a notice that the owner sets at node a is shown in the room at node b; so is its end', async () => {
    const { owner, guest, roomId, room } = await roomAtB()
    sure(await owner.hub.api.send('PATCH', `/api/rooms/${roomId}`, { notice: 'quiet please' }))
    await until(room.changes, () => room.state.notice === 'quiet please', 'the notice', AT_ONCE_MS)
    sure(await owner.hub.api.send('DELETE', `/api/rooms/${roomId}`))
    await until(guest.hub.place, ({ status }) => status === 'ended', 'the end', AT_ONCE_MS)
  })

  test('NODE-24 (A6): who is blocked at node a mentions the blocker no more in a room at node b', async () => {
    const { owner, guest, roomId, room } = await roomAtB()
    await owner.enter(roomId)
    const mentioned = async (text: string) => {
      room.chat.send(text, { mentions: [owner.userId] })
      const shown = () => room.chat.view.get().messages.find((m) => m.text === text && m.number > 0)
      await until(room.chat.view, () => shown() !== undefined, text)
      return shown()?.mentions
    }
    expect(await mentioned('before')).toEqual([owner.userId])
    sure(await owner.hub.api.send('POST', `/api/people/blocked/${guest.userId}`, {}))
    expect(await mentioned('after')).toEqual([])
    expect(texts(room)).toEqual(['before', 'after'])
  })

  test('NODE-25 (I7, I13): with every hint lost, removals, sign-out, taking over and what was told take effect by the next check', async () => {
    const { leader, member, group } = await groupAtB()
    const [signsOut, moves] = [await roomAtB(), await roomAtB()]
    const [asked, asks] = [await pair().comes(pair().b), await pair().comes(pair().a)]
    await until(asked.hub.lobby.view, ({ connection }) => connection === 'live', 'the lobby')
    const heard = new Promise<void>((resolve) => void asked.hub.onInboxMessage(() => resolve()))
    const [device, tablet] = [await pair().alsoAt(signsOut.guest, pair().a), await pair().alsoAt(moves.guest, pair().a)]
    const second = await asks.createRoom({ kind: 'staying' })
    await asks.enter(second)

    const since = performance.now()
    await pair().cluster.withoutHints(async () => {
      sure(await leader.hub.api.send('POST', `/api/groups/${group}/members/${member.userId}/kick`, {}))
      sure(await device.api.send('POST', '/api/accounts/sign-out', {}))
      sure(await asks.hub.api.send('POST', '/api/people/requests', { handle: asked.name }))
      expect(await tablet.enter(second)).toMatchObject({ status: 'in' })
    })
    const out = (it: Resident) => isOut(it, BY_CHECK_MS)
    await Promise.all([out(member), out(signsOut.guest), out(moves.guest), heard])
    const took = Math.round(performance.now() - since)
    console.log(`cluster: without hints all took effect within ${took} ms`)
    expect(member.hub.place.get().status).toBe('refused')
    expect(signsOut.guest.hub.place.get().status).toBe('signedOut')
    expect(moves.guest.hub.place.get().status).toBe('elsewhere')
    expect(took).toBeLessThan(2 * BY_CHECK_MS)
  })
}
