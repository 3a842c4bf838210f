import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { StudyActor } from '#rooms/study/StudyRoom.ts'
import {
  type Booted,
  bootPlaces,
  closed,
  mustEnter,
  person,
  type StudyClient,
  seen,
} from '#rooms/testing/bootPlaces.ts'
import { faultyLedger } from '#rooms/testing/faultyLedger.ts'
import { HandMedia } from '#rooms/testing/handMedia.ts'
import { openTestLedger } from '#rooms/testing/testLedger.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import type { MediaSource } from '#schemas/media/sources.ts'
import type { MediaEvent } from '#schemas/messages/media.ts'
import { isRefusal } from '#schemas/refusals.ts'

const media = new HandMedia()
let node: Booted
let faults: ReturnType<typeof faultyLedger>
beforeAll(async () => {
  faults = faultyLedger(await openTestLedger())
  node = await bootPlaces({ ledger: faults.ledger, media })
})
afterAll(() => node.stop())
beforeEach(() => {
  Object.assign(media, { unavailable: '', places: 25 })
})

let people = 0
type Sitting = { room: StudyClient; userId: string; session: string; told: MediaEvent[] }
async function sit(roomId: string, caller = person(`voice-${++people}`)): Promise<Sitting> {
  const room = await mustEnter(node, caller, roomId)
  const told: MediaEvent[] = []
  room.onMessage('media.event', (event: MediaEvent) => void told.push(event))
  return { room, userId: caller.userId, session: room.sessionId, told }
}
async function openRoom(facts: Record<string, unknown> = {}): Promise<[string, Sitting]> {
  const caller = person(`voice-${++people}`)
  const roomId = await node.create(caller, facts)
  return [roomId, await sit(roomId, caller)]
}
const actorOf = (roomId: string) => node.actors.get(roomId) as StudyActor
const produce = ({ room }: Sitting, source: MediaSource, paused = false) =>
  room.request('media.produce', { transport: 't', source, rtpParameters: {}, paused })
const seat = (viewer: Sitting, of: Sitting) => viewer.room.state.members.get(of.userId)
const shows = (viewer: Sitting, of: Sitting, wanted: (member: NonNullable<ReturnType<typeof seat>>) => boolean) =>
  seen(viewer.room, (state) => {
    const member = state.members.get(of.userId)
    return member !== undefined && wanted(member)
  })
/** In, with these published. */
async function speak(who: Sitting, ...sources: MediaSource[]): Promise<void> {
  expect(await who.room.request('media.join', {})).toHaveProperty('epoch')
  for (const source of sources) expect(await produce(who, source)).toHaveProperty('producer')
}

describe('MROOM-2: what the SFU tells is seen by patch', () => {
  test('MROOM-2: join, publish, mute, deafen, levels, speaker, stop and leave', async () => {
    const [roomId, ana] = await openRoom()
    const ben = await sit(roomId)
    expect(ben.room.state.media).toMatchObject({ unavailable: '', places: 25 })
    expect(await produce(ana, 'camera')).toEqual({ refused: 'not_found' })
    await speak(ana, 'microphone', 'camera')
    await shows(ben, ana, (it) => it.inMedia && it.producers.size === 2)
    expect(ben.room.state.media.epoch).toBe(media.place.epoch)
    await ana.room.request('media.setPaused', { source: 'microphone', paused: true })
    await ana.room.request('media.setDeafened', { on: true })
    await shows(ben, ana, (it) => it.micMuted && it.deafened)
    media.place.hooks.levels(new Map([[ana.session, 6]]), ana.session)
    await shows(ben, ana, (it) => it.level === 6)
    expect(ben.room.state.media.speaker).toBe(ana.userId)
    media.place.hooks.levels(new Map(), null)
    await shows(ben, ana, (it) => it.level === 0)
    await ana.room.request('media.stop', { source: 'camera' })
    await shows(ben, ana, (it) => it.producers.size === 1)
    await ana.room.request('media.leave', {})
    await shows(ben, ana, (it) => !it.inMedia && !it.deafened && it.producers.size === 0)
    expect(media.place.closed).toBe(true)
  })

  test('MROOM-2: what is told for one connection reaches that one', async () => {
    const [roomId, ana] = await openRoom()
    const ben = await sit(roomId)
    await speak(ana)
    await speak(ben)
    media.place.hooks.tell(ben.session, { kind: 'consumerPaused', consumer: 'c', paused: true })
    await expect.poll(() => ben.told).toEqual([{ kind: 'consumerPaused', consumer: 'c', paused: true }])
    expect(ana.told).toEqual([])
  })
})

test('MROOM-1: the one too many is refused and holds nothing; who joins again begins anew', async () => {
  media.places = 2
  const [roomId, ana] = await openRoom()
  const [ben, cho] = [await sit(roomId), await sit(roomId)]
  await speak(ana, 'camera')
  await speak(ben)
  expect(await cho.room.request('media.join', {})).toEqual({ refused: 'full', details: { places: 2 } })
  expect(media.place.size).toBe(2)
  await speak(ana)
  await shows(ben, ana, (it) => it.inMedia && it.producers.size === 0)
  await ben.room.request('media.leave', {})
  await speak(cho)
})

test('MROOM-4, MROOM-6: who is muted, or whose source is stopped, is told by whom', async () => {
  const [roomId, ana] = await openRoom()
  const [ben, cho] = [await sit(roomId), await sit(roomId)]
  for (const it of [ana, ben, cho]) await speak(it, 'microphone', 'camera')
  const by = { by: ana.userId, byName: ana.userId }
  expect(await ana.room.request('media.muteMembers', {})).toEqual({ muted: 2 })
  expect(await ana.room.request('media.muteMembers', {})).toEqual({ muted: 0 })
  await shows(ana, cho, (it) => it.micMuted)
  await expect.poll(() => ben.told).toEqual([{ kind: 'muted', source: 'microphone', ...by }])
  expect(seat(ana, ana)?.micMuted).toBe(false)
  expect(await ben.room.request('media.setPaused', { source: 'microphone', paused: false })).toEqual({})
  await shows(ana, ben, (it) => !it.micMuted)
  expect(await ben.room.request('media.stopMember', { userId: cho.userId, source: 'camera' })).toEqual({
    refused: 'forbidden',
  })
  await ana.room.request('media.stopMember', { userId: cho.userId, source: 'camera' })
  await shows(ana, cho, (it) => !it.producers.has('camera'))
  await expect.poll(() => cho.told.at(-1)).toEqual({ kind: 'stopped', source: 'camera', ...by })
  await ana.room.request('member.mute', { userId: ben.userId, on: true })
  await shows(ana, ben, (it) => it.producers.size === 0 && it.inMedia)
  await expect
    .poll(() => ben.told.slice(-2).map((it) => it.kind === 'stopped' && [it.source, it.by]))
    .toEqual([
      ['microphone', ana.userId],
      ['camera', ana.userId],
    ])
  expect(await produce(ben, 'camera')).toEqual({ refused: 'muted' })
})

test('MROOM-5: a screen ends where it is handed over, and is free when its stream is stopped or its owner leaves the media', async () => {
  const [roomId, ana] = await openRoom()
  const ben = await sit(roomId)
  for (const it of [ana, ben]) await speak(it)
  expect(await produce(ben, 'screen')).toMatchObject({ refused: 'screen_taken' })
  await ben.room.request('screen.claim', {})
  for (const source of ['screen', 'screenAudio'] as const) expect(await produce(ben, source)).toHaveProperty('producer')
  await shows(ana, ben, (it) => it.producers.size === 2)
  await ben.room.request('screen.handOver', { userId: ana.userId })
  await shows(ana, ben, (it) => it.producers.size === 0)
  expect(await produce(ana, 'screen')).toHaveProperty('producer')
  await ana.room.request('media.stop', { source: 'screen' })
  await seen(ben.room, (state) => state.screen.owner === '')
  await ben.room.request('screen.claim', {})
  expect(await produce(ben, 'screen')).toHaveProperty('producer')
  await ana.room.request('media.stopMember', { userId: ben.userId, source: 'screen' })
  await seen(ben.room, (state) => state.screen.owner === '')
  await expect.poll(() => ben.told.at(-1)).toMatchObject({ kind: 'stopped', source: 'screen', by: ana.userId })
  await ben.room.request('screen.claim', {})
  await ben.room.request('media.leave', {})
  await seen(ana.room, (state) => state.screen.owner === '')
})

describe('MROOM-8 (I7): peers end with their connections', () => {
  test('MROOM-8: a kick ends them when it is committed', async () => {
    const [roomId, ana] = await openRoom()
    const ben = await sit(roomId)
    for (const it of [ana, ben]) await speak(it, 'microphone')
    const gone = closed(ben.room)
    await ana.room.request('member.kick', { userId: ben.userId, reason: '' })
    expect(media.place.has(ben.session)).toBe(false)
    expect(await gone).toBe(closeCodes.kicked)
    expect(media.place.has(ana.session)).toBe(true)
  })

  test('MROOM-8: a sign-out ends them also while the ledger is away', async () => {
    const [roomId, ana] = await openRoom()
    const ben = await sit(roomId)
    for (const it of [ana, ben]) await speak(it, 'microphone')
    const { waiting, release } = faults.holdAppends()
    const sent = ana.room.request('chat.send', { outbox: 'o', n: 1, text: 'hello', mentions: [] })
    await waiting
    const gone = closed(ben.room)
    await node.places.endAccountSession(`account-${ben.userId}`)
    expect(media.place.has(ben.session)).toBe(false)
    expect(await gone).toBe(closeCodes.signedOut)
    release()
    await sent
  })

  test('MROOM-9: a newer connection of the same user takes the older one’s place', async () => {
    const [roomId, ana] = await openRoom()
    const ben = await sit(roomId)
    for (const it of [ana, ben]) await speak(it, 'microphone')
    const again = await sit(roomId, person(ben.userId))
    expect(media.place.has(ben.session)).toBe(false)
    await shows(ana, ben, (it) => !it.inMedia)
    await speak(again, 'camera')
    await shows(ana, again, (it) => it.producers.has('camera'))
  })

  test('MROOM-9: a socket that may come back keeps its media; when its time is over they end', async () => {
    const [roomId, ana] = await openRoom()
    const ben = await sit(roomId)
    for (const it of [ana, ben]) await speak(it, 'microphone')
    ben.room.connection.close(4010)
    await shows(ana, ben, (it) => !it.connected)
    expect(media.place.has(ben.session)).toBe(true)
    expect(seat(ana, ben)?.inMedia).toBe(true)
    const { turns } = actorOf(roomId)
    await turns.live(({ hidden }) => hidden.returning.set(ben.userId, { seenAt: 0, until: 0 }))
    await seen(ana.room, (state) => !state.members.has(ben.userId))
    expect(media.place.has(ben.session)).toBe(false)
  })

  test('MROOM-8: who is put out while the SFU is being asked does not come in', async () => {
    const [roomId, ana] = await openRoom()
    const ben = await sit(roomId)
    await speak(ana)
    const gate = Promise.withResolvers<void>()
    media.place.gate = gate.promise
    ben.room.request('media.join', {}).catch(() => undefined)
    await expect.poll(() => actorOf(roomId).place.hidden.peers.has(ben.session)).toBe(true)
    await ana.room.request('member.kick', { userId: ben.userId, reason: '' })
    gate.resolve()
    await seen(ana.room, (state) => !state.members.has(ben.userId))
    await expect.poll(() => media.place.has(ben.session)).toBe(false)
  })
})

test('MROOM-10 (V5): when the worker dies all are out by patch and join again; who is just joining comes into the next one', async () => {
  const [roomId, ana] = await openRoom()
  const ben = await sit(roomId)
  await speak(ana, 'microphone')
  const gate = Promise.withResolvers<void>()
  media.place.gate = gate.promise
  const joining = ben.room.request('media.join', {})
  await expect.poll(() => actorOf(roomId).place.hidden.peers.has(ben.session)).toBe(true)
  const { epoch } = media.place
  media.place.restart()
  gate.resolve()
  const joined = await joining
  if (isRefusal(joined)) throw new Error(joined.refused)
  expect(joined.epoch).not.toBe(epoch)
  await shows(ben, ana, (it) => !it.inMedia && it.producers.size === 0)
  await shows(ana, ben, (it) => it.inMedia)
  expect(ana.room.state.media.epoch).toBe(joined.epoch)
  await speak(ana, 'microphone')
})

describe('MROOM-11: the end of a room', () => {
  test('MROOM-11: media keep nobody’s room awake, and end with its last connection', async () => {
    const [roomId, ana] = await openRoom({ kind: 'staying' })
    await speak(ana, 'microphone', 'camera')
    const { place } = media
    const gone = node.actors.whenGone(roomId)
    await ana.room.leave()
    await gone
    expect(place.closed).toBe(true)
  })

  test('MROOM-11: a drain closes them with all who are in', async () => {
    const [roomId, ana] = await openRoom()
    await speak(ana, 'microphone')
    const gone = closed(ana.room)
    await actorOf(roomId).drain()
    expect(await gone).toBe(closeCodes.draining)
    expect([media.place.closed, media.place.size]).toEqual([true, 0])
  })
})

test('MROOM-12: without media everybody is refused, and the room says why', async () => {
  media.unavailable = 'no_worker'
  const [, ana] = await openRoom()
  expect(ana.room.state.media.unavailable).toBe('no_worker')
  expect(await ana.room.request('media.join', {})).toEqual({ refused: 'no_media', details: { why: 'no_worker' } })
  expect(await produce(ana, 'camera')).toEqual({ refused: 'not_found' })
})

test('MROOM-7 (T3): focus that begins mutes who speaks, by nobody; the break lets him speak', async () => {
  const [roomId, ana] = await openRoom()
  const ben = await sit(roomId)
  for (const it of [ana, ben]) await speak(it, 'microphone')
  await ana.room.request('room.change', { media: { microphones: 'breaks' } })
  expect(seat(ana, ben)?.micMuted).toBe(false)
  const plan = { focusMs: 60_000, breakMs: 60_000, longBreakMs: 60_000, rounds: 2, autoRestart: false }
  await ana.room.request('timer.start', { plan })
  await shows(ana, ben, (it) => it.micMuted)
  await expect.poll(() => ben.told).toEqual([{ kind: 'muted', source: 'microphone', by: '', byName: '' }])
  const open = { source: 'microphone', paused: false } as const
  expect(await ben.room.request('media.setPaused', open)).toMatchObject({
    refused: 'not_allowed',
    details: { opensAt: ana.room.state.timer.anchor + 60_000 },
  })
  expect(await produce(ben, 'microphone', true)).toHaveProperty('producer')
  expect(seat(ana, ana)?.micMuted).toBe(false)
  await ana.room.request('timer.skip', { index: 0 })
  expect(await ben.room.request('media.setPaused', open)).toEqual({})
  // The next focus begins by itself: the clock is moved to just before it.
  const { turns } = actorOf(roomId)
  await turns.live(({ state: { timer } }) => {
    timer.anchor = turns.now() - 120_000 + 300
  })
  await shows(ana, ben, (it) => it.micMuted)
  expect(ben.told.filter((it) => it.kind === 'muted')).toHaveLength(2)
})
