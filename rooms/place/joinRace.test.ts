import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, bootPlaces, mustEnter, person, type StudyClient } from '#rooms/testing/bootPlaces.ts'
import { faultyLedger } from '#rooms/testing/faultyLedger.ts'
import { openTestLedger } from '#rooms/testing/testLedger.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { isRefusal } from '#schemas/refusals.ts'

let node: Booted
let faults: ReturnType<typeof faultyLedger>
beforeAll(async () => {
  faults = faultyLedger(await openTestLedger())
  node = await bootPlaces({ ledger: faults.ledger })
  // The comparison every 5 s would find it too; here it must not be needed.
  node.users.check = async () => {}
})
afterAll(() => node.stop())

const bob = person('bob')

async function seatIn(roomId: string) {
  const entered = await node.places.enterStudy(bob, roomId, undefined)
  if (isRefusal(entered)) throw new Error(entered.refused)
  return entered.seat
}
type Seat = Awaited<ReturnType<typeof seatIn>>

/** Sits down; `over`: the close code, also if the connection ends before it was let in. */
function sitting(seat: Seat) {
  const joined = node.sit<StudyClient>(seat)
  const over = joined.then(
    (room) => new Promise<number>((resolve) => room.onLeave.once((code) => resolve(code))),
    (error: { code: number }) => error.code,
  )
  return { joined, over }
}
const claimed = (seat: Seat) =>
  expect.poll(async () => (await faults.real.placesOf(['bob']))[0]?.session).toBe(seat.sessionId)

async function busyRoom(owner: string) {
  const roomId = await node.create(person(owner))
  return { roomId, room: await mustEnter(node, person(owner), roomId) }
}
const say = (room: StudyClient) => room.request('chat.send', { outbox: 'o', n: 1, text: 'busy', mentions: [] })

test('PLACE-3: of two joins of one user in the same turn the newer wins, and the older is told at once', async () => {
  const { roomId, room } = await busyRoom('ana')
  const [older, newer] = [await seatIn(roomId), await seatIn(roomId)]
  const { waiting, release } = faults.holdAppends()
  const said = say(room)
  await waiting
  const first = sitting(older)
  await claimed(older)
  const second = sitting(newer)
  await claimed(newer)
  release()
  await said
  expect(await first.over).toBe(closeCodes.takenOver)
  const inside = await second.joined
  expect(await inside.request('clock.sync', {})).toHaveProperty('now')
  await inside.leave()
})

test('PLACE-3: a join that is still waiting in another room when a newer one is through is ended as it comes', async () => {
  const { roomId: slow, room } = await busyRoom('cho')
  const { roomId: quick } = await busyRoom('dan')
  const [older, newer] = [await seatIn(slow), await seatIn(quick)]
  const { waiting, release } = faults.holdAppends()
  const said = say(room)
  await waiting
  const first = sitting(older)
  await claimed(older)
  const second = sitting(newer)
  await claimed(newer)
  // The newer one is told first: its eviction comes before the older is connected.
  node.users.evict(older.sessionId, 'test', closeCodes.takenOver)
  release()
  await said
  expect(await first.over).toBe(closeCodes.takenOver)
  await (await second.joined).leave()
})
