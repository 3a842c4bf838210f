import { matchMaker, Protocol } from '@colyseus/core'
import { expect, test } from 'vitest'
import { terminate } from '#rooms/place/slowReaders.ts'
import { closed, mustEnter, seen } from '#rooms/testing/bootPlaces.ts'
import { nodeForFile } from '#rooms/testing/nodeForFile.ts'
import { rawClient } from '#rooms/testing/rawClient.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { isRefusal } from '#schemas/refusals.ts'

const { node, faults, somebody, said, actorOf, seatIn } = nodeForFile({ bufferCap: 200_000 })

const texts = (room: { state: { chat: Iterable<{ text: string }> } }) => [...room.state.chat].map((slot) => slot.text)
const joinError = (join: Promise<unknown>) =>
  join.then(
    () => undefined,
    (error: Error) => error.message,
  )

test('PLACE-1: two clients see what is said, and that it is stored', async () => {
  const [ana, ben] = [somebody(), somebody()]
  const id = await node().create(ana)
  const a = await mustEnter(node(), ana, id)
  const b = await mustEnter(node(), ben, id)
  expect(await a.request('chat.send', said('hello'))).toMatchObject({ number: 1 })
  await seen(b, (s) => s.storedThrough === 1)
  expect(texts(b)).toContain('hello')
})

test('PLACE-2: who joins in the middle of a turn sees only what is committed', async () => {
  const [ana, ben] = [somebody(), somebody()]
  const id = await node().create(ana)
  const a = await mustEnter(node(), ana, id)
  const b = await rawClient(node().address, await seatIn(ben, id))
  const { waiting, release } = faults().holdAppends()
  const sent = a.request('chat.send', said('not yet committed'))
  await waiting
  b.acknowledge()
  await b.ping()
  expect(b.frames.some((f) => f.includes('not yet committed'))).toBe(false)
  release()
  await sent
  const full = await b.frame((f) => f[0] === Protocol.ROOM_STATE && f.length > 1)
  expect(full.includes('not yet committed')).toBe(true)
  b.socket.close()
})

test('PLACE-3: the newest connection takes the place, in another room and in the same one', async () => {
  const ana = somebody()
  const [first, second] = [await node().create(somebody()), await node().create(somebody())]
  const one = await mustEnter(node(), ana, first)
  const oneClosed = closed(one)
  const two = await mustEnter(node(), ana, second)
  expect(await oneClosed).toBe(closeCodes.takenOver)
  await actorOf(first).turns.live(() => {})
  expect(actorOf(first).place.state.members.has(ana.userId)).toBe(false)
  const entrance = two.state.members.get(ana.userId)?.entrance
  const twoClosed = closed(two)
  const three = await mustEnter(node(), ana, second)
  expect(await twoClosed).toBe(closeCodes.takenOver)
  await three.request('chat.send', said('still here'))
  expect(three.state.members.get(ana.userId)).toMatchObject({ entrance, connected: true })
  expect(await node().places.isPresent(ana.userId, second)).toBe(true)
})

test('PLACE-3: an older seat that is used late does not take the place back', async () => {
  const ana = somebody()
  const id = await node().create(ana)
  const old = await seatIn(ana, id)
  const newer = await mustEnter(node(), ana, id)
  const refused = await joinError(node().sit(old))
  expect(JSON.parse(refused ?? '{}')).toEqual({ refused: 'taken_over' })
  expect(await newer.request('chat.send', said('mine'))).toMatchObject({ number: 1 })
})

test('PLACE-4: who is kicked is out at once and cannot return, by no door', async () => {
  const [owner, guest] = [somebody(), somebody()]
  const id = await node().create(owner)
  const o = await mustEnter(node(), owner, id)
  const g = await mustEnter(node(), guest, id)
  const spare = await seatIn(guest, id)
  const gone = closed(g)
  expect(await o.request('member.kick', { userId: guest.userId, reason: 'noise' })).toEqual({})
  expect(await gone).toBe(closeCodes.kicked)
  expect(await faults().real.isRemoved(id, guest.userId)).toBe(true)
  expect(await node().places.enterStudy(guest, id, undefined)).toMatchObject({ refused: 'kicked' })
  expect(await joinError(node().sit(spare))).toContain('"refused":"kicked"')
  expect(await o.request('member.letBack', { userId: guest.userId })).toEqual({})
  // The removed-set follows the commit; until it has, deny wins.
  await expect.poll(() => faults().real.isRemoved(id, guest.userId)).toBe(false)
  expect(isRefusal(await node().enter(guest, id))).toBe(false)
})

test('PLACE-5: of 200 who enter 10 seats at once exactly 10 sit, and the others are told that it is full', async () => {
  const id = await node().create(somebody(), { capacity: 10 })
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, () =>
      node()
        .enter(somebody(), id)
        .catch((error: Error) => JSON.parse(error.message)),
    ),
  )
  const refused = outcomes.filter(isRefusal)
  expect(outcomes.length - refused.length).toBe(10)
  expect(new Set(refused.map((r) => r.refused))).toEqual(new Set(['full']))
  expect(actorOf(id).place.state.members.size).toBe(10)
}, 30_000)

test('PLACE-9: a rule that throws is answered with a fault, logged once, and leaves nothing behind', async () => {
  const ana = somebody()
  const id = await node().create(ana)
  const a = await mustEnter(node(), ana, id)
  const before = node().logged.filter((l) => l.level === 'error').length
  const answer = await actorOf(id).turns.command(() => {
    throw new Error('a bug')
  })
  expect(answer).toEqual({ refused: 'fault' })
  expect(node().logged.filter((l) => l.level === 'error').length).toBe(before + 1)
  expect(await a.request('chat.send', said('goes on'))).toMatchObject({ number: 1 })
})

test('PLACE-10: with the ledger away the room says that it is frozen, commands wait, nobody is evicted', async () => {
  const [ana, ben] = [somebody(), somebody()]
  const id = await node().create(ana)
  const a = await mustEnter(node(), ana, id)
  const b = await mustEnter(node(), ben, id)
  faults().away(true)
  const sent = a.request('chat.send', said('while it was away'))
  await seen(b, (s) => s.frozen)
  expect(texts(b)).not.toContain('while it was away')
  faults().away(false)
  expect(await sent).toMatchObject({ number: 1 })
  await seen(b, (s) => !s.frozen && s.chatHead === 1)
  expect(b.state.toJSON()).toEqual(actorOf(id).place.state.toJSON())
})

test('PLACE-11: an actor that lost its place commits nothing and sends its clients to the new one', async () => {
  const ana = somebody()
  const id = await node().create(ana)
  const a = await mustEnter(node(), ana, id)
  await a.request('chat.send', said('before'))
  await faults().real.claim(id, 'test')
  const gone = closed(a)
  void a.request('chat.send', said('too late')).catch(() => {})
  expect(await gone).toBe(closeCodes.stale)
  const again = await mustEnter(node(), ana, id)
  expect(again.state.chatHead).toBe(1)
  expect(texts(again)).toContain('before')
  expect(texts(again)).not.toContain('too late')
})

test('PLACE-12: a room that stays goes to sleep with its last member and is found as it was', async () => {
  const ana = somebody()
  const id = await node().create(ana, { kind: 'staying', notice: 'Bring water' })
  const a = await mustEnter(node(), ana, id)
  await a.request('chat.send', said('see you tomorrow'))
  const asleep = node().actors.whenGone(id)
  await a.leave()
  await asleep
  expect(node().places.card(id)).toBeNull()
  const again = await mustEnter(node(), ana, id)
  expect(again.state.notice).toBe('Bring water')
  expect(texts(again)).toContain('see you tomorrow')
  expect(again.state.storedThrough).toBe(1)
})

test('PLACE-12: the owner ends a room: its members are told, and it is gone', async () => {
  const [ana, ben] = [somebody(), somebody()]
  const id = await node().create(ana)
  const a = await mustEnter(node(), ana, id)
  const b = await mustEnter(node(), ben, id)
  const codes = Promise.all([closed(a), closed(b)])
  expect(await node().places.endStudy(ana, id)).toEqual({})
  expect(await codes).toEqual([closeCodes.ended, closeCodes.ended])
  expect(await node().places.enterStudy(ben, id, undefined)).toMatchObject({
    refused: expect.stringMatching(/not_found|gone/),
  })
})

test('PLACE-13: an ended account session ends its connections, in places and in the lobby', async () => {
  const ana = somebody()
  const a = await mustEnter(node(), ana, await node().create(ana))
  const lobby = await node().lobby({ ...ana, device: 'phone' })
  const codes = Promise.all([closed(a), closed(lobby)])
  await node().places.endAccountSession(ana.account)
  expect(await codes).toEqual([closeCodes.signedOut, closeCodes.signedOut])
})

test('PLACE-13: with the ledger away an ended session’s connections are closed all the same, and it knows when it is back', async () => {
  const ana = somebody()
  const a = await mustEnter(node(), ana, await node().create(ana))
  const gone = closed(a)
  faults().away(true)
  await node().places.endAccountSession(ana.account)
  expect(await gone).toBe(closeCodes.signedOut)
  faults().away(false)
  await expect.poll(() => faults().real.revoked([ana.account]), { timeout: 20_000 }).toEqual([ana.account])
})

test('PLACE-14: a connection that lost the place without hearing of it is found by the comparison', async () => {
  const ana = somebody()
  const id = await node().create(ana)
  const a = await mustEnter(node(), ana, id)
  const entry = await faults().real.nextEntry(ana.userId)
  const gone = closed(a)
  await faults().real.takePlace({
    user: ana.userId,
    place: 'elsewhere',
    session: 's',
    device: 'd',
    entry,
    node: 'other',
  })
  await node().users.check()
  expect(await gone).toBe(closeCodes.takenOver)
})

test('PLACE-15: a dropped connection keeps its seat and comes back by its token', async () => {
  const [ana, ben] = [somebody(), somebody()]
  const id = await node().create(ana)
  const a = await mustEnter(node(), ana, id)
  const b = await mustEnter(node(), ben, id)
  b.reconnection.enabled = true
  Object.assign(b.reconnection, { minUptime: 0, delay: 50, minDelay: 50 })
  const socket = matchMaker.getLocalRoomById(id).clients.getById(b.sessionId)
  if (socket) terminate(socket)
  await seen(a, (s) => s.members.get(ben.userId)?.connected === false)
  await seen(a, (s) => s.members.get(ben.userId)?.connected === true)
  expect(await b.request('chat.send', said('back'))).toHaveProperty('number')
})

test('PLACE-16: a drain commits no leaves: who was here keeps seat, role and entrance for his return', async () => {
  const [ana, ben] = [somebody(), somebody()]
  const id = await node().create(ana)
  const a = await mustEnter(node(), ana, id)
  await mustEnter(node(), ben, id)
  const entrance = a.state.members.get(ben.userId)?.entrance
  const told = closed(a)
  await actorOf(id).drain()
  expect(await told).toBe(closeCodes.draining)
  const again = await mustEnter(node(), ana, id)
  expect(again.state.members.get(ana.userId)).toMatchObject({ role: 'owner', connected: true })
  expect(again.state.members.get(ben.userId)).toMatchObject({ entrance, connected: false })
})

test('PLACE-18: every event that somebody caused names him, by socket and by HTTP; what time caused names nobody', async () => {
  const [ana, ben] = [somebody(), somebody()]
  const id = await node().create(ana, { kind: 'staying' })
  const a = await mustEnter(node(), ana, id)
  const b = await mustEnter(node(), ben, id)
  await b.request('chat.send', said('mine'))
  await b.request('chat.react', { number: 1, emoji: '👍', on: true })
  await b.request('hand.raise', { topic: '' })
  await b.request('member.setStatus', { status: 'away' })
  await a.request('screen.claim', {})
  await a.request('timer.start', {})
  await a.request('member.warn', { userId: ben.userId, reason: 'noise' })
  await a.request('room.delegate', { userId: ben.userId })
  await node().places.changeStudy(ben, id, { name: 'Renamed' })
  await a.leave()
  await node().places.endStudy(ben, id)
  const actors = new Map<string, unknown[]>()
  for (const { type, actor } of faults().appended(id)) actors.set(type, [...(actors.get(type) ?? []), actor])
  expect(Object.fromEntries(actors)).toMatchObject({
    'room.created': [ana.userId],
    'member.joined': [ana.userId, ben.userId],
    'chat.sent': [ben.userId],
    'chat.reacted': [ben.userId],
    'hand.raised': [ben.userId],
    'member.statusSet': [ben.userId],
    'screen.claimed': [ana.userId],
    'timer.set': [ana.userId],
    'member.warned': [ana.userId],
    'room.ownerChanged': [ana.userId],
    'room.changed': [ben.userId],
    'member.left': [ana.userId, ben.userId],
    'room.ended': [ben.userId],
  })
})

test('PLACE-9: all that was done to this node logged one bug, the one that was made on purpose', () => {
  const bugs = node().logged.filter((line) => line.level === 'error')
  expect(bugs.map((line) => String(line.fields['error']).split('\n')[0])).toEqual(['Error: a bug'])
})
