import { expect, test } from 'vitest'
import { insertGroup } from '#persistence/database/groups/changeGroup.ts'
import { insertGroupRoom } from '#persistence/database/groups/groupRooms.ts'
import { addMember } from '#persistence/database/groups/members.ts'
import { type LobbyClient, mustEnter } from '#rooms/testing/bootPlaces.ts'
import { nodeForFile } from '#rooms/testing/nodeForFile.ts'
import type { LobbyChanged, RoomPage } from '#schemas/messages/lobby.ts'
import { roomQuery } from '#schemas/messages/lobby.ts'
import { isRefusal } from '#schemas/refusals.ts'

const { node, somebody } = nodeForFile()
const look = async (lobby: LobbyClient, query: object): Promise<RoomPage> => {
  const page = await lobby.request('lobby.view', roomQuery.parse(query))
  if (isRefusal(page)) throw new Error(page.refused)
  return page
}
/** Resolves with the first news that is as wanted. */
const news = (lobby: LobbyClient, wanted: (n: LobbyChanged) => boolean) =>
  new Promise<LobbyChanged>((resolve) => {
    lobby.onMessage('lobby.changed', (changed) => {
      if (wanted(changed)) resolve(changed)
    })
  })

test('LOBBY-1: a viewer gets the page it looks at and hears what changes on it', async () => {
  const owner = somebody()
  const id = await node().create(owner, { name: 'Quiet maths' })
  await node().create(somebody(), { name: 'Loud music' })
  const lobby = await node().lobby(somebody())
  const page = await look(lobby, { q: 'MATHS' })
  expect(page.rooms.map((r) => r.id)).toEqual([id])
  const changed = news(lobby, (n) => n.changed.some((card) => card.members === 1))
  await mustEnter(node(), owner, id)
  expect((await changed).changed.map((card) => card.id)).toEqual([id])
  const ended = news(lobby, (n) => n.ended.includes(id))
  await node().places.endStudy(owner, id)
  expect(await ended).toMatchObject({ ended: [id], total: 0 })
})

test('LOBBY-2: a cursor that is none is refused, not obeyed', async () => {
  const lobby = await node().lobby(somebody())
  expect(await lobby.request('lobby.view', roomQuery.parse({ cursor: 'garbage' }))).toEqual({
    refused: 'invalid',
    details: { paths: ['cursor'] },
  })
})

test('LOBBY-3: all see how many are online and how many rooms there are', async () => {
  const lobby = await node().lobby(somebody())
  const rooms = node().places.counts().rooms
  const counted = new Promise<void>((resolve) => {
    lobby.onStateChange((state) => {
      if (state.rooms === rooms + 1 && state.online > 0) resolve()
    })
  })
  await node().create(somebody())
  await counted
})

test('LOBBY-4: several devices of a user sit in the lobby, beside his place', async () => {
  const ana = somebody()
  const room = await mustEnter(node(), ana, await node().create(ana))
  const phone = await node().lobby({ ...ana, device: 'phone' })
  const tablet = await node().lobby({ ...ana, device: 'tablet' })
  await look(phone, {})
  await look(tablet, {})
  expect(await room.request('clock.sync', {})).toHaveProperty('now')
  const told = [room, phone, tablet].map(
    (r) =>
      new Promise<unknown>((resolve) =>
        (r as LobbyClient).onMessage('inbox', (m) => m.items.length && resolve(m.items[0])),
      ),
  )
  await node().users.tell(ana.userId, { kind: 'screenAsked', roomId: 'r', by: 'u', byName: 'U' })
  for (const item of await Promise.all(told)) expect(item).toMatchObject({ kind: 'screenAsked' })
})

test('GROUP-9: a viewer sees his groups’ rooms live; strangers hear nothing of them, and he no more when he is out', async () => {
  const [lea, mo, eve] = [somebody(), somebody(), somebody()]
  await node()
    .db.transaction()
    .execute(async (tx) => {
      const facts = { name: 'G', description: '', image: null, capacity: 5, openToRequests: false, createdAt: 1 }
      await insertGroup(tx, { ...facts, id: 'g', leader: lea.userId, code: 'c', dissolvedAt: null }, 'h')
      await addMember(tx, 'g', mo.userId, 2)
      await insertGroupRoom(tx, { id: 'ours', group: 'g', by: lea.userId, at: 3 })
    })
  const gate = { group: 'g', role: 'leader', removed: null, leader: lea } as const
  const facts = { name: 'Ours', level: 'free', tags: [], capacity: 5, notice: '' } as const
  expect(await node().places.createGroupRoom('ours', { ...facts, tags: [] }, gate)).toEqual({ roomId: 'ours' })
  const [his, hers] = [await node().lobby(mo), await node().lobby(eve)]
  for (const lobby of [his, hers]) await look(lobby, {})
  const ids = async (lobby: LobbyClient) => {
    const answer = await lobby.request('lobby.groups', {})
    return isRefusal(answer) ? answer : answer.rooms.map((room) => room.id)
  }
  expect([await ids(his), await ids(hers)]).toEqual([['ours'], []])
  const heard: string[] = []
  hers.onMessage('lobby.changed', ({ changed }) => void heard.push(...changed.map((card) => card.id)))
  const changed = news(his, (n) => n.changed.some((card) => card.id === 'ours' && card.members === 1))
  await mustEnter(node(), lea, 'ours')
  await changed
  expect(heard).not.toContain('ours')
  expect(await node().enter(eve, 'ours')).toEqual({ refused: 'not_found' })
  await node().db.deleteFrom('group_member').where('user_id', '=', mo.userId).execute()
  await node().places.expel(mo.userId, 'g', ['ours'], 'kicked')
  expect(await ids(his)).toEqual([])
})
