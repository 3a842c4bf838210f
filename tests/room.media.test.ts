import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeCodes } from '#schemas/closeCodes.ts'
import { mediaMessages } from '#schemas/messages/media.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { newPerson } from '#server/testing/person.ts'
import { ask } from './harness/AttackedRoom.ts'
import { type Guest, MediaHouse } from './harness/MediaHouse.ts'
import { closeOf, shows, words } from './harness/seat.ts'

let house: MediaHouse
let ann: Guest
beforeAll(async () => {
  house = await MediaHouse.open()
  ann = await house.guest(house.owner)
})
afterAll(() => house.stop())

const memberOf = (viewer: Guest, who: Guest) => viewer.room.state.members.get(who.id)
const producerOf = async (viewer: Guest, who: Guest, source: string): Promise<string> => {
  await shows(viewer.room, (state) => state.members.get(who.id)?.producers.has(source) === true)
  return memberOf(viewer, who)?.producers.get(source) ?? ''
}
/** Hears a microphone that the state shows; resolves when packets come. */
async function hear(viewer: Guest, who: Guest): Promise<string> {
  const { consumer } = await viewer.peer.hear(await producerOf(viewer, who, 'microphone'))
  await expect.poll(() => viewer.peer.count(consumer)).toBeGreaterThan(10)
  return consumer
}

test('MROOM-2 (V1, V2, V4): who publishes is seen by patch and heard; level and speaker are shown, muting is', async () => {
  const ben = await house.guest()
  await ben.peer.publish('microphone')
  const consumer = await hear(ann, ben)
  await shows(ann.room, (state) => (state.members.get(ben.id)?.level ?? 0) > 0)
  await shows(ann.room, (state) => state.media.speaker === ben.id)
  await ben.room.request('media.setPaused', { source: 'microphone', paused: true })
  await shows(ann.room, (state) => state.members.get(ben.id)?.micMuted === true && state.media.speaker === '')
  await ben.room.leave()
  await shows(ann.room, (state) => !state.members.has(ben.id))
  expect(ann.peer.count(consumer)).toBeGreaterThan(0)
})

test('MROOM-8 (I7): the media of who is kicked stop within a second, for himself too', async () => {
  const ben = await house.guest()
  await ben.peer.publish('microphone')
  await ann.peer.publish('microphone')
  await hear(ann, ben)
  await hear(ben, ann)
  const last = { ann: 0, ben: 0 }
  ann.peer.receiving?.onRtp(() => {
    last.ann = performance.now()
  })
  ben.peer.receiving?.onRtp(() => {
    last.ben = performance.now()
  })
  await expect.poll(() => Math.min(last.ann, last.ben)).toBeGreaterThan(0)
  const gone = closeOf(ben.room)
  const kickedAt = performance.now()
  expect(await ann.room.request('member.kick', { userId: ben.id, reason: '' })).toEqual({})
  await gone
  await expect.poll(() => performance.now() - Math.max(last.ann, last.ben)).toBeGreaterThan(1000)
  expect(Math.max(last.ann, last.ben) - kickedAt).toBeLessThan(1000)
  expect(memberOf(ann, ben)).toBeUndefined()
  await ann.room.request('media.stop', { source: 'microphone' })
})

test('MROOM-10 (V5): the worker is killed: chat goes on, the epoch is another one, and who joins again is heard', async () => {
  const ben = await house.guest()
  await ben.peer.publish('microphone')
  await hear(ann, ben)
  const { epoch } = ann.room.state.media
  process.kill(house.workerPids().at(-1) ?? 0, 'SIGKILL')
  expect(await ann.room.request('chat.send', words('still here'))).toHaveProperty('number')
  await shows(ann.room, (state) => state.media.epoch !== epoch && !state.members.get(ben.id)?.inMedia)
  ann.peer = await house.join(ann.room)
  ben.peer = await house.join(ben.room)
  expect(ann.peer.epoch).toBe(ann.room.state.media.epoch)
  await ben.peer.publish('microphone')
  await hear(ann, ben)
  await ben.room.leave()
})

test('MROOM-13 (I10): whatever is sent as media is answered, harms nobody and leaves nothing', async () => {
  const deep = (depth: number): unknown =>
    depth === 0 ? [] : { codecs: [deep(depth - 1)], encodings: deep(depth - 1) }
  const ortc = [{}, { codecs: 'x' }, deep(8), { codecs: Array(2000).fill({}) }, JSON.parse('{"__proto__":{"kind":1}}')]
  const values = [null, 7, 'x', [], {}, ...ortc]
  const bodies: unknown[] = [
    ...values,
    ...ortc.map((rtpParameters) => ({ transport: 'x', source: 'microphone', rtpParameters })),
    ...ortc.map((dtlsParameters) => ({ transport: 'x', dtlsParameters })),
    ...ortc.map((rtpCapabilities) => ({ direction: 'receive', rtpCapabilities })),
    { producers: Array(10_000).fill('x') },
    { consumers: [{ consumer: 'x', spatial: 1e9 }] },
    { userId: ann.id, source: 'microphone' },
    { source: 'screen', paused: 'yes' },
  ]
  const transports = await house.figure('transports')
  const before = house.server.stderr().length
  await Promise.all(
    Object.keys(mediaMessages).map(async (type) => {
      const rude = await house.guest()
      const made = await rude.room.request('media.createTransport', { direction: 'send' })
      if (isRefusal(made)) throw new Error(made.refused)
      const own = made.transport
      for (const body of bodies) {
        // As one's own transport, so that it comes as far as it can.
        const aimed =
          typeof body === 'object' && body !== null && 'transport' in body ? { ...body, transport: own } : body
        const answer = await ask(rude.room, type, aimed)
        expect(answer).toBeTypeOf('object')
        expect(answer, `${type} ${JSON.stringify(body).slice(0, 200)}`).not.toMatchObject({ refused: 'fault' })
      }
      await rude.room.leave()
    }),
  )
  expect(await ann.room.request('chat.send', words('the room goes on'))).toHaveProperty('number')
  await expect.poll(() => house.figure('transports')).toBe(transports)
  const logged = house.server.stderr().slice(before).split('\n')
  expect(logged.filter((line) => /"level":(50|60)/.test(line))).toEqual([])
})

test('MROOM-13 (I8): what belongs to another connection is not found', async () => {
  const [ben, cho] = [await house.guest(), await house.guest()]
  const made = await ben.room.request('media.createTransport', { direction: 'send' })
  if (isRefusal(made)) throw new Error(made.refused)
  const { transport } = made
  for (const [type, body] of [
    ['media.connectTransport', { transport, dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: 'x' }] } }],
    ['media.restartIce', { transport }],
    ['media.produce', { transport, source: 'microphone', rtpParameters: {} }],
  ] as const)
    expect(await ask(cho.room, type, body)).toMatchObject({ refused: 'not_found' })
  const answer = await cho.room.request('media.setConsumers', { consumers: [{ consumer: transport, paused: false }] })
  expect(answer).toMatchObject({ refused: 'not_found' })
  await Promise.all([ben.room.leave(), cho.room.leave()])
})

test('MROOM-1 (V1): 25 are in a room’s media; the 26th is refused, and holds nothing', async () => {
  const people = await Promise.all(Array.from({ length: 25 }, () => newPerson(house.server.url)))
  const rooms = await Promise.all(people.map((person) => house.sit(person)))
  const answers = []
  for (const room of rooms) answers.push(await room.request('media.join', {}))
  expect(answers.filter((it) => !isRefusal(it))).toHaveLength(24)
  expect(answers.at(-1)).toEqual({ refused: 'full', details: { places: 25 } })
  expect(await house.figure('peers')).toBe(25)
  expect(await ask(rooms[24] as Guest['room'], 'media.createTransport', { direction: 'send' })).toEqual({
    refused: 'not_found',
  })
  await rooms[0]?.leave()
  expect(await (rooms[24] as Guest['room']).request('media.join', {})).toHaveProperty('epoch')
  await Promise.all(rooms.slice(1).map((room) => room.leave()))
})

test('MROOM-11: a stop drains, and ends the workers', async () => {
  const other = await MediaHouse.open()
  const { room, peer } = await other.guest()
  await peer.publish('camera')
  const gone = closeOf(room)
  const pids = other.workerPids()
  expect(pids).toHaveLength(1)
  expect(await other.stop()).toBe(0)
  expect(await gone).toBe(closeCodes.draining)
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow()
})
