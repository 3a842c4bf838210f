import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Media, MediaPlace } from './ports/media.ts'
import { openTestMedia } from './testing/openTestMedia.ts'
import { RecordedHooks } from './testing/recordedHooks.ts'
import { TestPeer } from './testing/testPeer.ts'

let media: Media
let place: MediaPlace
let hooks: RecordedHooks
const peers: TestPeer[] = []
beforeEach(async () => {
  media = (await openTestMedia()).media
  hooks = new RecordedHooks()
  place = media.open('room', hooks)
})
afterEach(async () => {
  await Promise.all(peers.splice(0).map((peer) => peer.vanish()))
  await media.close()
})
async function joined(id: string): Promise<TestPeer> {
  const peer = await TestPeer.join(place, id)
  peers.push(peer)
  return peer
}

test('MEDIA-1: two peers hear each other, by real ICE, DTLS and RTP', async () => {
  const [ann, bob] = [await joined('ann'), await joined('bob')]
  const [ofAnn, ofBob] = [await ann.publish('microphone'), await bob.publish('microphone')]
  expect([...hooks.producers]).toEqual([
    ['ann microphone', ofAnn],
    ['bob microphone', ofBob],
  ])
  const [heardByBob, heardByAnn] = [await bob.hear(ofAnn), await ann.hear(ofBob)]
  await expect.poll(() => bob.count(heardByBob.consumer)).toBeGreaterThan(20)
  await expect.poll(() => ann.count(heardByAnn.consumer)).toBeGreaterThan(20)
})
