import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { askUntil } from '#client/testing/askUntil.ts'
import { stretch } from '#client/testing/stretch.ts'
import { openSqliteArchive } from '#persistence/archive/sqliteArchive.ts'
import type { StudyToday } from '#schemas/api/study.ts'
import { conversationOf } from '#schemas/place.ts'
import { phaseAt } from '#schemas/timer/phases.ts'
import './harness/quietSdk.ts'
import { Chatter } from './harness/chatter.ts'
import { historyOf } from './harness/historyOf.ts'
import { chosenSeed, seeded } from './harness/random.ts'
import { Resident, sure } from './harness/resident.ts'
import { SteadyServer } from './harness/steadyServer.ts'
import { until } from './harness/until.ts'
import { Witness } from './harness/witness.ts'

const KILLS = Number(process.env['KILLS'] ?? 12)
const CLIENTS = 20

let server: SteadyServer
let people: Resident[] = []
afterEach(async () => {
  await Promise.all(people.map((it) => it.hub.close()))
  await server.remove()
  people = []
})

test(
  `SYS-1 (I3, I11, I12): ${KILLS} times kill -9 under the chat of ${CLIENTS}: nothing lost, doubled, moved or missing`,
  async () => {
    const seed = chosenSeed()
    const random = seeded(seed)
    console.log(`kill: seed ${seed}, ${KILLS} kills`)
    server = await SteadyServer.start()
    people = await Promise.all(Array.from({ length: CLIENTS }, () => Resident.signUp(server.url)))
    const [owner] = people as [Resident]
    const roomId = await owner.createRoom({ kind: 'staying', capacity: 40 })
    const witness = new Witness()
    const chatters = people.map((it) => new Chatter(it, witness, random, 250))
    for (const chatter of chatters) await chatter.enter(roomId)
    sure(await owner.room.request('timer.start', {}))
    const timer = owner.room.state.timer.toJSON()
    for (const chatter of chatters) chatter.start()

    const away: number[] = []
    for (let i = 0; i < KILLS; i++) {
      await stretch(random() * 1000) // the random moment
      await server.kill()
      const killedAt = performance.now()
      const reloading = random() < 0.4 ? random.pick(chatters) : undefined
      const closed = reloading?.resident.hub.close()
      await server.restart()
      await closed
      await reloading?.resident.reload()
      await reloading?.enter(roomId)
      // Each fifth time all have to be back; else the next one comes in the midst of their return.
      const all = i % 5 === 4 || i === KILLS - 1
      await Promise.all((all ? people : [owner, random.pick(people)]).map((it) => it.live()))
      if (!all) continue
      away.push(performance.now() - killedAt)
      expect(owner.room.state.timer.toJSON()).toEqual(timer)
      expect(witness.faults).toEqual([])
    }

    for (const chatter of chatters) chatter.stop()
    await Promise.all(people.map((it) => it.live()))
    const said = chatters.flatMap((it) => it.said)
    for (const it of people) {
      const allStored = () =>
        it.room.state.chatHead >= said.length && it.room.state.storedThrough === it.room.state.chatHead
      const unstored = () =>
        `${it.name}: ${it.room.state.storedThrough} of ${it.room.state.chatHead} stored, ${said.length} said`
      await until(it.room.changes, allStored, unstored)
    }
    expect(witness.faults).toEqual([])

    const history = await historyOf(owner, roomId)
    expect(history.map((m) => m.number)).toEqual(history.map((_, i) => i + 1))
    expect(history.map((m) => m.text).sort()).toEqual([...said].sort())
    for (const [number, text] of witness.shown) expect(history[number - 1]?.text).toBe(text)
    expect(witness.stored).toBe(history.length)
    for (const { said: own, resident } of chatters)
      expect(history.filter((m) => m.author === resident.userId).map((m) => m.text)).toEqual(own)
    for (const it of people) {
      const whole = () =>
        it.room.chat.view.get().messages.every((m, i, all) => i === 0 || m.number === (all[i - 1]?.number ?? 0) + 1)
      await until(it.room.chat.view, whole, `${it.name}'s list without a gap`)
      for (const m of it.room.chat.view.get().messages)
        expect(m).toMatchObject({ delivery: 'stored', text: history[m.number - 1]?.text })
    }

    expect(await server.stop()).toBe(0)
    const archive = await openSqliteArchive(join(server.dataDir, 'archive.db'))
    const archived = await archive.page(conversationOf(roomId), { after: 0, limit: history.length + 100 })
    await archive.close()
    expect(archived.map((m) => [m.number, m.text])).toEqual(history.map((m) => [m.number, m.text]))
    expect(server.logged).not.toContain('"level":50')
    away.sort((a, b) => a - b)
    const at = (q: number) => Math.round(away[Math.floor((away.length - 1) * q)] ?? 0)
    console.log(
      `kill: ${said.length} messages; all back after a kill: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`,
    )
  },
  120_000 + KILLS * 15_000,
)

test('SYS-2 (I6): pomodoro and study time are right within 30 s after kill -9', async () => {
  const random = seeded(chosenSeed())
  server = await SteadyServer.start()
  people = await Promise.all([1, 2, 3].map(() => Resident.signUp(server.url)))
  const [owner, studious, idle] = people as [Resident, Resident, Resident]
  const roomId = await owner.createRoom({ kind: 'staying' })
  for (const it of people) await it.enter(roomId)
  const plan = { focusMs: 60_000, breakMs: 60_000, longBreakMs: 60_000, rounds: 4, autoRestart: true }
  sure(await owner.room.request('timer.start', { plan }))
  for (const it of [owner, studious]) sure(await it.room.request('study.start', {}))
  const timer = owner.room.state.timer.toJSON()
  const focusEnds = owner.room.state.timer.anchor + plan.focusMs
  const from = new Map(people.map((it) => [it, it.room.state.members.get(it.userId)?.studyingSince ?? 0]))
  // Later than two extensions of the interval, and well before the focus ends.
  await stretch(42_000 + random() * 8_000)
  await server.kill()
  const killedAt = Date.now()
  await server.restart()
  await Promise.all(people.map((it) => it.live()))
  const backAt = Date.now()
  for (const it of people) {
    expect(it.room.state.timer.toJSON()).toEqual(timer)
    await until(it.room.changes, () => Math.abs(it.room.now() - Date.now()) < 1000, 'the clock of the place')
    expect(phaseAt(it.room.state.timer, it.room.now())).toMatchObject({ name: 'focus', index: 0, endsAt: focusEnds })
  }
  const resumed = () => owner.room.state.members.get(owner.userId)?.studyingSince ?? 0
  expect(resumed()).toBeGreaterThan(0)
  await until(owner.room.changes, () => resumed() === 0, 'the break, in which no study time runs', 90_000)
  expect(phaseAt(owner.room.state.timer, Date.now())).toMatchObject({ name: 'break', startsAt: focusEnds })
  for (const it of [owner, studious]) sure(await it.room.request('study.stop', {}))
  for (const it of people) {
    const studied = it === idle ? 0 : focusEnds - (from.get(it) ?? 0) - (backAt - killedAt)
    const shown = it.room.state.members.get(it.userId)?.studiedMs ?? 0
    const today = await settled(it, shown)
    expect(today.totalMs).toBe(shown)
    expect(today.totalMs).toBeLessThanOrEqual(studied + 1500)
    expect(today.totalMs).toBeGreaterThanOrEqual(studied - 30_000 + (it === idle ? 30_000 : 0))
    console.log(`study: ${it.name} ${today.totalMs} ms credited of ${studied}`)
  }
})

/** What the API says once the read model, which follows within moments, says what the room showed. */
const settled = (it: Resident, totalMs: number): Promise<StudyToday> =>
  askUntil(
    async () => sure(await it.get<StudyToday>('/api/study/today')),
    (today) => today.totalMs === totalMs,
    `${totalMs} ms studied today by the API`,
    { limitMs: 5_000 },
  )
