import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { askUntil } from '#client/testing/askUntil.ts'
import { FRAMES_PER_SECOND } from '#rooms/place/frames.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { isRefusal } from '#schemas/refusals.ts'
import type { Sitting } from '#server/testing/sit.ts'
import { ask, BUFFER_CAP } from './harness/AttackedRoom.ts'
import { attackedRoomForFile } from './harness/attackedRoomForFile.ts'
import { rudeClient } from './harness/rude.ts'
import { closeOf, shows, words } from './harness/seat.ts'

const place = attackedRoomForFile()

/** The largest buffer of a socket, in bytes, as Linux is set up here. */
const kernelMost = (which: 'wmem' | 'rmem'): number =>
  Number(readFileSync(`/proc/sys/net/ipv4/tcp_${which}`, 'utf8').split('\t')[2])

/** Milliseconds of requests one after another, 100 and as many more as `over` allows: the slowest but 1 %. */
async function p99(room: Sitting, over: () => boolean = () => true): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 100 || (!over() && i < FRAMES_PER_SECOND / 2); i++) {
    const from = performance.now()
    await ask(room, i % 2 ? 'no.such' : 'chat.typing', { on: i % 4 === 0 })
    times.push(performance.now() - from)
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99) - 1] ?? 0
}

test('SYS-12 (I10): 10,000 messages at once from one client: refusals, then 4018; the others hardly notice', async () => {
  const { room } = await place().guest()
  const calm = await p99(place().quiet)
  const replies = await Promise.all(Array.from({ length: 60 }, (_, i) => room.request('chat.send', words(`${i}`))))
  expect(new Set(replies.flatMap((it) => (isRefusal(it) ? [it.refused] : [])))).toEqual(new Set(['rate']))
  let ended = false
  const gone = closeOf(room).finally(() => {
    ended = true
  })
  const busy = p99(place().quiet, () => ended)
  for (let i = 0; i < 10_000; i++) room.send('chat.send', words(`flood ${i}`))
  expect(await gone).toBe(closeCodes.flooding)
  const during = await busy
  console.log(`flood: p99 ${calm.toFixed(1)} ms calm, ${during.toFixed(1)} ms during`)
  expect(during).toBeLessThan(Math.max(calm, 10) * 20)
})

// Without the cap it takes a while until more was sent than any kernel holds.
test('SYS-13 (I10, I11): a reader that stops reading is dropped at the cap; memory is bounded, all others see everything', {
  timeout: 240_000,
}, async () => {
  const person = await place().somebody()
  const talkers = await Promise.all(Array.from({ length: 12 }, () => place().guest()))
  const slow = await rudeClient(place().server.url, await place().ticket(person))
  await shows(place().good, (s) => s.members.has(person.me.id))
  slow.socket.pause()
  const memory = () =>
    Number(/^Rss\w*:\s+(\d+)/m.exec(readFileSync(`/proc/${place().server.child.pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024
  const before = memory()
  // No kernel holds more than this for a reader that does not read; what comes on top waits in the server.
  const most = kernelMost('wmem') + kernelMost('rmem') + BUFFER_CAP
  // Each message differs: a slot of the window that gets the text it had is not in the patch.
  let told = 0
  const nextText = () => `${++told} ${'가'.repeat(3900)}`
  const bytes = Buffer.byteLength(nextText())
  let sent = 0
  // Who is dropped at the cap has left; who was merely silent for too long would keep his seat, without a connection.
  const isIn = () => {
    const member = place().good.state.members.get(person.me.id)
    if (member?.connected === false) throw new Error(`dropped as silent, not at the cap, after ${sent} bytes`)
    return member !== undefined
  }
  const talk = async (room: Sitting) => {
    while (isIn()) {
      // Until the limits let it through.
      const say = () => room.request('chat.send', words(nextText()))
      await askUntil(say, (answer) => !isRefusal(answer) || !isIn(), 'a message taken', { everyMs: 90 })
      sent += bytes
      // He says that he lives, without having read that he was asked.
      slow.socket.pong()
      if (sent > most) throw new Error(`never dropped: ${sent} bytes were sent to it`)
    }
  }
  await Promise.all(talkers.map(({ room }) => talk(room)))
  console.log(`slow reader: dropped after ${sent} bytes; ${Math.round(memory() - before)} MB more in memory`)
  expect(sent).toBeGreaterThan(BUFFER_CAP)
  expect(memory() - before).toBeLessThan(150)
  slow.socket.resume()
  expect([1006, closeCodes.tooSlow]).toContain(await slow.closed)
  for (const { room } of talkers) {
    await shows(room, (s) => s.chatHead === place().good.state.chatHead)
    expect(room.state.chat.toJSON()).toEqual(place().good.state.chat.toJSON())
    await room.leave()
  }
})

test('SYS-17 (I10): nothing that was logged at the finest level holds a secret, and nothing above was a bug of ours', () =>
  place().logIsClean())
