import { expect, test } from 'vitest'
import type { Caller } from '#rooms/places.ts'
import type { StudyActor } from '#rooms/study/StudyRoom.ts'
import { type LobbyClient, mustEnter, seen } from '#rooms/testing/bootPlaces.ts'
import { nodeForFile } from '#rooms/testing/nodeForFile.ts'
import type { InboxItem } from '#schemas/messages/inbox.ts'

const { node, somebody } = nodeForFile()
type Check = Extract<InboxItem, { kind: 'check' }>

/** The next presence check, or end of one, that a device is told. */
const nextCheck = (device: Pick<LobbyClient, 'onMessage'>): Promise<Check> =>
  new Promise((resolve) => {
    const stop = device.onMessage('inbox', ({ items }) => {
      for (const item of items) {
        if (item.kind !== 'check') continue
        stop()
        resolve(item)
      }
    })
  })

/** Studies in a room of his own, and is asked now: the draw is tested elsewhere. */
async function asks(roomId: string, { userId }: Caller) {
  const actor = node().actors.get(roomId) as StudyActor
  await actor.turns.command(() => ({ events: [{ type: 'attest.asked', data: { userId } }], reply: {} }))
  return actor.place.state.members.get(userId)?.checkAt ?? 0
}
async function studying() {
  const ana = somebody()
  const roomId = await node().create(ana, { name: 'Night owls' })
  const desk = await mustEnter(node(), ana, roomId)
  await node().places.changeStudy(ana, roomId, { attest: { on: true, minMs: 3_600_000, maxMs: 3_600_000 } })
  await desk.request('study.start', {})
  return { ana, roomId, desk }
}

test('ATTEST-8: a device in the lobby finds the check and answers it; the one at the desk goes on, and all are told that it is over', async () => {
  const { ana, roomId, desk } = await studying()
  const phone = await node().lobby(ana)
  const asked = await asks(roomId, ana)
  await seen(desk, (state) => state.members.get(ana.userId)?.checkAt === asked)
  expect(await node().places.checks.of(ana.userId)).toMatchObject({ roomId, roomName: 'Night owls', asked })
  const told = [nextCheck(phone), nextCheck(desk)]
  expect(await node().places.checks.answer(ana.userId, roomId, asked)).toEqual({ answered: true })
  for (const end of await Promise.all(told)) expect(end).toMatchObject({ roomId, asked, open: false })
  await seen(desk, (state) => state.members.get(ana.userId)?.checkAt === 0)
  expect(desk.state.members.get(ana.userId)).toMatchObject({ studying: true, connected: true })
  expect(await node().places.checks.of(ana.userId)).toBeNull()
  expect(await node().places.checks.answer(ana.userId, roomId, asked)).toEqual({ answered: true })
})

test('ATTEST-8: nobody answers for somebody else, nor from a room where he does not sit, nor a check that is not his', async () => {
  const { ana, roomId, desk } = await studying()
  const guest = somebody()
  const beside = await mustEnter(node(), guest, roomId)
  const asked = await asks(roomId, ana)
  const { answer } = node().places.checks
  expect(await answer(guest.userId, roomId, asked)).toEqual({ refused: 'nothing_to_do' })
  expect(await beside.request('attest.answer', { asked })).toEqual({ refused: 'nothing_to_do' })
  expect(await answer(somebody().userId, roomId, asked)).toEqual({ refused: 'not_present' })
  expect(await answer(ana.userId, 'another-room', asked)).toEqual({ refused: 'not_present' })
  expect(await answer(ana.userId, roomId, asked + 1)).toEqual({ refused: 'nothing_to_do' })
  expect(await node().places.checks.of(guest.userId)).toBeNull()
  expect(desk.state.members.get(ana.userId)?.checkAt).toBe(asked)
})
