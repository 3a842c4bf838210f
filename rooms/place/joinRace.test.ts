import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, bootPlaces, mustEnter, person, type StudyClient, seen } from '#rooms/testing/bootPlaces.ts'
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

async function busyRoom(owner: string, facts = {}) {
  const roomId = await node.create(person(owner), facts)
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

test('PLACE-3: an older join whose claim is answered after a newer one is through is refused; the newer keeps its seat (I1)', async () => {
  const { roomId, room } = await busyRoom('eve')
  const [older, newer] = [await seatIn(roomId), await seatIn(roomId)]
  const { done, release } = faults.lateAnswer('takePlace')
  const first = sitting(older)
  await done
  const inside = await sitting(newer).joined
  await seen(inside, (state) => state.members?.has('bob') === true)
  release()
  // Refused as it joins, or told as soon as it is in: by HTTP's code or the close code.
  expect([409, closeCodes.takenOver]).toContain(await first.over)
  await room.request('member.setStatus', { status: 'away' })
  await seen(inside, (state) => state.members.get('eve')?.status === 'away')
  expect(inside.state.members.get('bob')?.connected).toBe(true)
  expect(await inside.request('study.start', {})).toEqual({})
  await inside.leave()
})

test('TURN-11, PLACE-2, PLACE-3: joins that gather while a room is talking: one seat per user, and nobody misses or doubles a message (I1, I3)', async () => {
  const { roomId, room } = await busyRoom('fay', { capacity: 20 })
  const names = Array.from({ length: 12 }, (_, i) => `guest${i}`)
  // Everybody comes with two devices at once.
  const seats = await Promise.all(
    [...names, ...names].map(async (name) => {
      const entered = await node.places.enterStudy(person(name), roomId, undefined)
      if (isRefusal(entered)) throw new Error(entered.refused)
      return { name, seat: entered.seat }
    }),
  )
  const wrong: string[] = []
  const numbers: number[] = []
  const says = async (who: StudyClient, n: number) => {
    const said = { outbox: who.sessionId, n, text: `${n}`, mentions: [] }
    // A device that is taken over while it speaks hears no answer.
    const answer = await Promise.resolve(who)
      .then((to) => to.request('chat.send', said))
      .catch(() => null)
    if (answer && !isRefusal(answer)) numbers.push(answer.number)
  }
  const talk = (async () => {
    for (let n = 1; n <= 15; n++) await says(room, n)
  })()
  const joins = await Promise.all(
    seats.map(async ({ name, seat }) => {
      const { joined, over } = sitting(seat)
      const device = await joined.catch(() => null)
      if (!device) return { name, device, over }
      let head: number | null = null
      // What the device knows grows by one message at a time or by patches of several, in order and without a gap.
      device.onStateChange((state) => {
        const known = [...(state.chat ?? [])]
          .map(({ number }) => number)
          .filter((n) => n > 0)
          .sort((a, b) => a - b)
        const newest = known.at(-1) ?? 0
        if (newest !== state.chatHead) wrong.push(`${name}: head ${state.chatHead}, newest ${newest}`)
        if (known.some((n, i) => n !== i + 1)) wrong.push(`${name}: gap in ${known}`)
        if (head !== null && newest < head) wrong.push(`${name}: back from ${head} to ${newest}`)
        head = newest
      })
      await Promise.race([says(device, 1), over])
      return { name, device, over }
    }),
  )
  await talk
  await says(room, 16)
  await seen(room, (state) => state.chatHead === numbers.at(-1) && state.members.size === names.length + 1)
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(numbers.length).toBeGreaterThanOrEqual(16 + names.length)
  for (const name of names) {
    const devices = joins.filter(({ name: own, device }) => own === name && device)
    const place = (await faults.real.placesOf([name]))[0]?.session
    await Promise.all(devices.filter(({ device }) => device?.sessionId !== place).map(({ over }) => over))
    const open = devices.filter(({ device }) => device?.connection.isOpen)
    expect(
      open.map(({ device }) => device?.sessionId),
      name,
    ).toEqual([place])
  }
  expect(wrong).toEqual([])
  for (const { device } of joins) if (device?.connection.isOpen) await device.leave()
})
