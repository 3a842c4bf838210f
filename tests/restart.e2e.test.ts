import './harness/quietSdk.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemTimers } from '#client/timers.ts'
import type { PlaceView, StudyHandle, StudyHub } from '#client/types.ts'
import { phaseAt } from '#schemas/timer/phases.ts'
import { startServer } from '#server/testing/startServer.ts'
import { Resident, sure } from './harness/resident.ts'
import { SteadyServer } from './harness/steadyServer.ts'
import { until } from './harness/until.ts'

// A broken server answers nothing: that is found out soon.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: SteadyServer
const hubs: StudyHub[] = []
beforeEach(async () => {
  server = await SteadyServer.start()
})
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()))
  await server.remove()
})

async function resident(...options: Parameters<typeof Resident.signUp> extends [string, ...infer R] ? R : never) {
  const it = await Resident.signUp(server.url, ...options)
  hubs.push(it.hub)
  return it
}
const texts = (room: StudyHandle) => room.chat.view.get().messages.map((m) => m.text)
const stored = (room: StudyHandle, count: number) =>
  until(
    room.chat.view,
    (view) => view.messages.filter((m) => m.delivery === 'stored').length === count,
    () => `${count} stored messages, there are ${JSON.stringify(room.chat.view.get().messages.map((m) => m.delivery))}`,
  )
const entered = (view: PlaceView): StudyHandle => {
  if (view.status !== 'in') throw new Error(`is ${view.status}`)
  return view.room
}

test('SYS-18 (I1): a second tab takes the place over, the first says so and takes it back; what both said is there once', async () => {
  const ana = await resident()
  const roomId = await ana.createRoom({ kind: 'staying' })
  const first = await ana.enter(roomId)
  first.chat.send('from the first tab')
  await stored(first, 1)
  const tab = ana.second('tab')
  hubs.push(tab)
  const second = entered(await tab.enter(roomId))
  await until(ana.hub.place, (view) => view.status === 'elsewhere', 'the first tab being told')
  second.chat.send('from the second tab')
  await stored(second, 2)
  const back = entered(await ana.hub.continueHere())
  await until(tab.place, (view) => view.status === 'elsewhere', 'the second tab being told')
  back.chat.send('from the first tab again')
  await stored(back, 3)
  expect(texts(back)).toEqual(['from the first tab', 'from the second tab', 'from the first tab again'])
  expect(back.state.members.size).toBe(1)
})

test('SYS-18 (I1): two devices at once in two rooms: one of them has the place, the other is told', async () => {
  const ana = await resident()
  const [here, there] = [await ana.createRoom(), await ana.createRoom()]
  const phone = ana.second('device')
  hubs.push(phone)
  await Promise.all([ana.hub.enter(here), phone.enter(there)])
  const settled = () =>
    [ana.hub, phone]
      .map((hub) => hub.place.get().status)
      .sort()
      .join()
  const both = {
    get: settled,
    subscribe: (seen: () => void) => {
      const stops = [ana.hub.place.subscribe(seen), phone.place.subscribe(seen)]
      return () =>
        stops.forEach((stop) => {
          stop()
        })
    },
  }
  await until(
    both,
    (it) => it === 'elsewhere,in',
    () => `one in, one elsewhere, not ${settled()}`,
  )
})

test('SYS-19 (I6): clients whose clocks are minutes off see the same time, timer and order as all others', async () => {
  const off = (ms: number) => ({ timers: { ...systemTimers, wall: () => Date.now() + ms } })
  const [fast, slow, right] = [await resident(off(17 * 60_000)), await resident(off(-42 * 60_000)), await resident()]
  const roomId = await right.createRoom()
  const rooms = [await fast.enter(roomId), await slow.enter(roomId), await right.enter(roomId)] as const
  sure(await rooms[0].request('timer.start', {}))
  for (const [i, room] of rooms.entries()) {
    await until(room.changes, () => Math.abs(room.now() - Date.now()) < 2000, 'the clock of the place')
    room.chat.send(`said by ${i}`)
    await stored(room, i + 1)
  }
  for (const room of rooms) {
    await stored(room, 3)
    expect(texts(room)).toEqual(['said by 0', 'said by 1', 'said by 2'])
    for (const { at } of room.chat.view.get().messages) expect(Math.abs(at - Date.now())).toBeLessThan(30_000)
    expect(room.state.timer.toJSON()).toEqual(rooms[2].state.timer.toJSON())
    expect(phaseAt(room.state.timer, room.now())).toMatchObject({ name: 'focus', index: 0 })
  }
})

test('SYS-20 (I12): SIGTERM drains within its time with nothing lost; clients come back to their seats by themselves', async () => {
  const [ana, ben, cho] = [await resident(), await resident(), await resident()]
  const roomId = await ana.createRoom({ kind: 'staying', notice: 'quiet please' })
  const rooms = [await ana.enter(roomId), await ben.enter(roomId), await cho.enter(roomId)]
  sure((await rooms[0]?.request('timer.start', {})) ?? {})
  sure((await rooms[1]?.request('hand.raise', { topic: 'why' })) ?? {})
  for (const [i, room] of rooms.entries()) for (let n = 0; n < 10; n++) room.chat.send(`${i} ${n}`)
  // A seat that nobody uses must not hold the drain up.
  sure(await cho.hub.api.send('POST', `/api/rooms/${roomId}/enter`, {}))
  const kept = () => {
    const { timer, notice, hands, owner } = ana.room.state
    return [timer.toJSON(), notice, hands.toJSON(), owner]
  }
  const before = kept()
  const entrances = () => [ana, ben, cho].map((it) => ana.room.state.members.get(it.userId)?.entrance)
  const seats = entrances()
  const from = performance.now()
  expect(await server.stop()).toBe(0)
  expect(performance.now() - from).toBeLessThan(8000)
  await server.restart()
  for (const it of [ana, ben, cho]) {
    await it.live()
    await stored(it.room, 30)
    expect(new Set(texts(it.room)).size).toBe(30)
    expect(texts(it.room)).toEqual(texts(ana.room))
  }
  expect(kept()).toEqual(before)
  expect(entrances()).toEqual(seats)
  expect(server.logged).not.toContain('"level":50')
})

test('SYS-21 (I2): a second process on the same data folder refuses to start and harms nobody', async () => {
  const ana = await resident()
  const room = await ana.enter(await ana.createRoom())
  await expect(startServer({ dataDir: server.dataDir })).rejects.toThrow(/ended \(1\)[\s\S]*in use|already|another/i)
  room.chat.send('still here')
  await stored(room, 1)
})
