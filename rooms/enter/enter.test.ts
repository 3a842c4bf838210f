import { matchMaker } from '@colyseus/core'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { insertGroup } from '#persistence/database/groups/changeGroup.ts'
import { insertGroupRoom } from '#persistence/database/groups/groupRooms.ts'
import { addMember } from '#persistence/database/groups/members.ts'
import { type Booted, bootPlaces, closed, mustEnter, person } from '#rooms/testing/bootPlaces.ts'
import { faultyLedger } from '#rooms/testing/faultyLedger.ts'
import { openTestLedger } from '#rooms/testing/testLedger.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { isRefusal } from '#schemas/refusals.ts'

let node: Booted
let faults: ReturnType<typeof faultyLedger>
/** The rooms whose group was asked for. */
const gates: string[] = []
beforeAll(async () => {
  faults = faultyLedger(await openTestLedger())
  node = await bootPlaces({
    ledger: faults.ledger,
    memberships: (real) => ({
      ...real,
      gateOf(room, user) {
        gates.push(room)
        return real.gateOf(room, user)
      },
    }),
  })
})
afterAll(() => node.stop())

let people = 0
const somebody = () => person(`user-${++people}`)

test('ENTER-1: a room that has never been, or has ended, is not found', async () => {
  const ana = somebody()
  expect(await node.places.enterStudy(ana, 'never-was', undefined)).toEqual({ refused: 'not_found' })
  const id = await node.create(ana)
  const gone = node.actors.whenGone(id)
  await node.places.endStudy(ana, id)
  await gone
  expect(await node.places.enterStudy(ana, id, undefined)).toEqual({ refused: 'not_found' })
})

test('ENTER-7: an open room asks no group; a group’s room asks it at each entry, and the removed-set of the group', async () => {
  const [lea, mo] = [somebody(), somebody()]
  const open = await node.create(lea)
  await mustEnter(node, mo, open)
  expect(gates).not.toContain(open)
  await node.db.transaction().execute(async (tx) => {
    const facts = { description: '', image: null, capacity: 5, openToRequests: false, createdAt: 1, dissolvedAt: null }
    await insertGroup(tx, { ...facts, id: 'g', name: 'Owls', leader: lea.userId, code: 'C' }, 'hash')
    await addMember(tx, 'g', mo.userId, 2)
    await insertGroupRoom(tx, { id: 'ours', group: 'g', by: lea.userId, at: 3 })
  })
  const room = { name: 'Our room', level: 'free' as const, tags: [], capacity: 5, notice: '' }
  const gate = { group: 'g', role: 'leader', removed: null, leader: lea } as const
  expect(await node.places.createGroupRoom('ours', room, gate)).toEqual({ roomId: 'ours' })
  const enter = (who: typeof mo) => node.places.enterStudy(who, 'ours', undefined)
  expect(isRefusal(await enter(mo))).toBe(false)
  expect(isRefusal(await enter(mo))).toBe(false)
  expect(gates.filter((id) => id === 'ours')).toHaveLength(2)
  expect(await enter(somebody())).toEqual({ refused: 'not_found' })
  await faults.real.addRemoved('group:g', mo.userId, null)
  expect(await enter(mo)).toEqual({ refused: 'unavailable' })
})

test('ENTER-2: a seat is used once; its session id is the ticket', async () => {
  const ana = somebody()
  const entered = await node.places.enterStudy(ana, await node.create(ana), undefined)
  if (isRefusal(entered)) throw new Error(entered.refused)
  expect(entered.seat.sessionId).toMatch(/^[A-Za-z0-9_-]{22}$/)
  await node.sit(entered.seat)
  await expect(node.sit(entered.seat)).rejects.toThrow('seat reservation expired')
})

test('ENTER-3: a password is asked for, checked, and guessing ends', async () => {
  const [owner, guest] = [somebody(), somebody()]
  const id = await node.create(owner, { password: 'open sesame' })
  const enter = (password?: string) => node.places.enterStudy(guest, id, password)
  expect(await enter()).toEqual({ refused: 'password_required' })
  for (let i = 0; i < 5; i++) expect(await enter(`guess ${i}`)).toEqual({ refused: 'wrong_password' })
  expect(await enter('open sesame')).toEqual({ refused: 'too_many_tries' })
  expect(isRefusal(await node.enter(somebody(), id, 'open sesame'))).toBe(false)
  expect(isRefusal(await node.enter(owner, id))).toBe(false)
})

test('ENTER-3: a lock stops who is new, not who has a seat', async () => {
  const [owner, guest] = [somebody(), somebody()]
  const id = await node.create(owner)
  await mustEnter(node, guest, id)
  expect(await node.places.changeStudy(owner, id, { locked: true })).toEqual({})
  expect(await node.places.enterStudy(somebody(), id, undefined)).toMatchObject({ refused: 'locked' })
  expect(isRefusal(await node.enter(guest, id))).toBe(false)
})

test('ENTER-3: the removed-set of the ledger is asked too, and deny wins', async () => {
  const [owner, guest] = [somebody(), somebody()]
  const id = await node.create(owner)
  await faults.real.addRemoved(id, guest.userId, null)
  expect(await node.places.enterStudy(guest, id, undefined)).toEqual({ refused: 'kicked' })
})

test('ENTER-4: many who enter a sleeping room at once find one actor', async () => {
  const owner = somebody()
  const id = await node.create(owner, { kind: 'staying', capacity: 30 })
  const asleep = node.actors.whenGone(id)
  await (await mustEnter(node, owner, id)).leave()
  await asleep
  const entered = await Promise.all(Array.from({ length: 20 }, () => mustEnter(node, somebody(), id)))
  expect(new Set(entered.map((room) => room.roomId))).toEqual(new Set([id]))
  expect(node.actors.get(id)).toMatchObject({ id, place: { state: { members: { size: 20 } } } })
})

test('ENTER-4: who comes while Colyseus takes the woken actor in waits for that, and asks no other node for a seat', async () => {
  const owner = somebody()
  const id = await node.create(owner, { kind: 'staying' })
  const asleep = node.actors.whenGone(id)
  await (await mustEnter(node, owner, id)).leave()
  await asleep
  const listed = Promise.withResolvers<void>()
  const listing = Promise.withResolvers<void>()
  const { driver, presence } = matchMaker
  const insert = driver.insert?.bind(driver)
  vi.spyOn(driver, 'insert').mockImplementationOnce(async (row) => {
    listing.resolve()
    await listed.promise
    return insert?.(row) ?? true
  })
  const subscribed = vi.spyOn(presence, 'subscribe')
  onTestFinished(() => void vi.restoreAllMocks())
  const first = node.places.enterStudy(owner, id, undefined)
  await listing.promise
  expect(node.actors.get(id)).toBeDefined()
  const second = node.places.enterStudy(somebody(), id, undefined)
  // The ledger has answered what he asks it by then: without a wait he would ask for his seat now.
  for (let i = 0; i < 5; i++) await faults.real.now()
  listed.resolve()
  for (const entered of await Promise.all([first, second])) expect(isRefusal(entered)).toBe(false)
  expect(subscribed.mock.calls.map(([channel]) => channel).filter((it) => it.startsWith('ipc:'))).toEqual([])
})

test('ENTER-4: who enters while the actor ends waits for its end and finds the room as it was', async () => {
  const ana = somebody()
  const id = await node.create(ana, { kind: 'staying' })
  const room = await mustEnter(node, ana, id)
  await room.request('chat.send', { outbox: 'o', n: 1, text: 'kept', mentions: [] })
  const told = closed(room)
  const draining = node.actors.get(id)?.drain()
  const again = await mustEnter(node, ana, id)
  await draining
  expect(await told).toBe(closeCodes.draining)
  expect(again.state.chatHead).toBe(1)
})

test('ENTER-5: with the ledger away nobody is let in, and the reason says so', async () => {
  const ana = somebody()
  const id = await node.create(ana)
  faults.away(true)
  const refused = await node.places.enterStudy(ana, id, undefined)
  faults.away(false)
  expect(refused).toEqual({ refused: 'unavailable' })
  expect(isRefusal(await node.enter(ana, id))).toBe(false)
})

test('ENTER-6: only owner and moderators change a room, only its owner ends it, by the actor also when it slept', async () => {
  const [owner, guest] = [somebody(), somebody()]
  const id = await node.create(owner, { kind: 'staying' })
  const asleep = node.actors.whenGone(id)
  expect(await node.places.changeStudy(guest, id, { notice: 'mine' })).toEqual({ refused: 'forbidden' })
  expect(await node.places.endStudy(guest, id)).toEqual({ refused: 'forbidden' })
  await asleep
  expect(await node.places.changeStudy(owner, id, { notice: 'Exam week' })).toEqual({})
  expect((await mustEnter(node, guest, id)).state.notice).toBe('Exam week')
})
