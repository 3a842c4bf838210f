import { expect, test } from 'vitest'
import { type AppendBatch, type Appended, LedgerUnavailable } from '#persistence/ports/ledger.ts'
import type { Event, NewEvent } from '#schemas/events/catalogue.ts'
import { MAX_EVENT_BYTES } from '#schemas/events/envelope.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { Committer } from './committer.ts'
import { FROZEN_QUEUE, FROZEN_WAIT_MS, TURN_SIZE } from './queue.ts'
import type { Timers } from './timers.ts'
import { TurnLoop } from './turn.ts'
import type { Decision } from './types.ts'

type Answer = Appended | 'away'

/** Time that moves only when told; a script of the ledger's answers, then success. */
function table(script: Answer[] = [], patience = 0) {
  let now = 0
  const timers: { at: number; run: () => void }[] = []
  const clock: Timers = {
    monotonic: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
  }
  const batches: AppendBatch[] = []
  const putBacks: { confirmed: number; texts: string[] }[] = []
  const steps: string[] = []
  const faults: unknown[] = []
  const place = { notices: [] as string[] }
  let due: string[] = []
  let asked = 0
  let version = 0
  const committer = new Committer({
    ledger: {
      async append(batch) {
        batches.push(batch)
        steps.push(`append ${batch.events.length}`)
        const answer = script.shift()
        if (answer === 'away') throw new LedgerUnavailable('away')
        version = batch.expectedVersion + batch.events.length
        return answer ?? { ok: true, version, confirmed: 0 }
      },
    },
    timers: clock,
    place: 'p',
    epoch: 1,
    version: 0,
    confirmed: 0,
    async putBack(confirmed, events) {
      putBacks.push({ confirmed, texts: events.map((e) => (e.data as { text: string }).text) })
      steps.push(`put back ${events.length}`)
      const answer = script.shift()
      if (answer === 'away') throw new LedgerUnavailable('away')
      return answer ?? { ok: true, version: confirmed + events.length, confirmed }
    },
    frozen: (on) => {
      steps.push(on ? 'frozen' : 'thawed')
      loop.freeze(on)
    },
  })
  const loop: TurnLoop<typeof place> = new TurnLoop({
    place,
    key: 'p',
    epoch: 1,
    committer,
    timers: clock,
    now: () => now,
    apply: (p, event: Event) => {
      if (event.type !== 'room.noticed') throw new Error('cannot apply')
      p.notices.push(event.data.text)
    },
    due: () => {
      asked++
      if (due[0] === 'throws') throw new Error('a bug in what is due')
      return { events: due.splice(0, 1).map(noticed), reply: {} }
    },
    opened: () => steps.push('opened'),
    committed: () => steps.push('patch'),
    effect: (effect) => steps.push(`effect ${effect.do}`),
    closed: () => steps.push('closed'),
    pace: () => 0,
    patience: () => patience,
    lost: (why) => steps.push(`lost ${why}`),
    fault: (error) => faults.push(error),
  })
  return {
    loop,
    place,
    batches,
    putBacks,
    steps,
    faults,
    committer,
    say: (text: string, must = false) => loop.command(() => decided(text), null, { must }),
    setDue: (texts: string[]) => {
      due = texts
    },
    /** How often the due rule was asked. */
    asked: () => asked,
    /** Moves time, timer by timer. */
    async pass(ms: number) {
      const until = now + ms
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve))
        timers.sort((a, b) => a.at - b.at)
        const next = timers[0]
        if (!next || next.at > until) break
        timers.shift()
        now = Math.max(now, next.at)
        next.run()
      }
      now = until
    },
  }
}
const noticed = (text: string): NewEvent => ({ type: 'room.noticed', data: { text, by: 'u', byName: 'U' } })
const decided = (text: string): Decision<{ text: string }> => ({ events: [noticed(text)], reply: { text } })

test('TURN-1: commands of one turn are appended in one call, in order, then comes one patch, then the replies', async () => {
  const { say, steps, batches, place } = table()
  const replies = await Promise.all(
    ['a', 'b', 'c'].map(async (text) => {
      const reply = await say(text)
      steps.push(`reply ${text}`)
      return reply
    }),
  )
  expect(replies).toEqual([{ text: 'a' }, { text: 'b' }, { text: 'c' }])
  expect(steps.slice(0, 4)).toEqual(['opened', 'append 3', 'patch', 'closed'])
  expect(steps.slice(4)).toEqual(['reply a', 'reply b', 'reply c'])
  expect(batches[0]).toMatchObject({ place: 'p', epoch: 1, expectedVersion: 0 })
  expect(place.notices).toEqual(['a', 'b', 'c'])
})

test('TURN-1: a turn takes at most 50 commands; the next one goes on from its version', async () => {
  const { say, batches } = table()
  await Promise.all(Array.from({ length: TURN_SIZE + 20 }, (_, i) => say(String(i))))
  expect(batches.map((b) => [b.expectedVersion, b.events.length])).toEqual([
    [0, TURN_SIZE],
    [TURN_SIZE, 20],
  ])
  expect(new Set(batches.map((b) => b.batchId)).size).toBe(2)
})

test('TURN-11: joins that come close together share a turn; whoever is in a hurry takes them along at once', async () => {
  const { loop, say, steps, pass } = table([], 50)
  const join = () => loop.command(() => decided('join'), null, { patient: true })
  const appends = () => steps.filter((step) => step.startsWith('append'))
  await join()
  const gathered = [join()]
  await pass(20)
  gathered.push(join())
  await pass(20)
  expect(appends()).toEqual(['append 1'])
  await pass(50)
  await Promise.all(gathered)
  expect(appends()).toEqual(['append 1', 'append 2'])
  await pass(100)
  await join()
  const waiting = join()
  await pass(20)
  await say('hello')
  await waiting
  expect(appends()).toEqual(['append 1', 'append 2', 'append 1', 'append 2'])
})

test('TURN-2: a turn without events does not touch the ledger', async () => {
  const { loop, steps } = table()
  await loop.live((p) => void p.notices.push('typing'))
  expect(steps).toEqual(['opened', 'patch', 'closed'])
})

test('TURN-3: what is due is decided before any command, step by step', async () => {
  const { say, setDue, place } = table()
  setDue(['due 1', 'due 2'])
  await say('wish')
  expect(place.notices).toEqual(['due 1', 'due 2', 'wish'])
})

test('TURN-4: a decision that throws is a fault, logged once; the others of its turn are committed', async () => {
  const { say, loop, faults, place } = table()
  const broken = loop.command(() => {
    throw new Error('a bug')
  })
  expect(await Promise.all([say('a'), broken, say('b')])).toEqual([{ text: 'a' }, { refused: 'fault' }, { text: 'b' }])
  expect(faults).toHaveLength(1)
  expect(place.notices).toEqual(['a', 'b'])
})

test('TURN-4: when an event cannot be applied, nothing of the turn is committed and the actor is given up', async () => {
  const { say, loop, steps, batches } = table()
  const broken = loop.command(() => ({ events: [{ type: 'room.ended', data: {} }], reply: {} }))
  expect(await Promise.all([say('a'), broken])).toEqual([{ refused: 'stale' }, { refused: 'stale' }])
  expect(batches).toEqual([])
  expect(steps).toContain('lost broken')
  expect(await say('later')).toEqual({ refused: 'stale' })
})

test('TURN-13: what is due while a turn is under way, or rests, has its own turn soon', async () => {
  const { loop, say, pass, setDue, place } = table()
  await say('wish')
  // Answered, and resting: nothing else is asked of the place from here on.
  setDue(['due'])
  loop.poke()
  await expect.poll(() => place.notices).toEqual(['wish', 'due'])
  await pass(10)
  setDue([])
  const { turns } = loop
  await Promise.all([say('two'), say('three')])
  await pass(10)
  expect(loop.turns - turns).toBeLessThanOrEqual(2)
})

test('TURN-10: a due rule that throws is left alone for a second, then longer; commands go on, and it recovers', async () => {
  const { say, loop, pass, setDue, asked, faults, place } = table()
  setDue(['throws'])
  const attempts: number[] = []
  for (let second = 0; second < 40; second++) {
    const before = asked()
    for (let i = 0; i < 5; i++) expect(await say(`${second}`)).toEqual({ text: `${second}` })
    if (asked() > before) attempts.push(second)
    await pass(1000)
  }
  expect(attempts).toEqual([0, 1, 3, 7, 15, 31])
  expect(faults).toHaveLength(attempts.length)
  expect(loop.dueHeldUntil).toBe(63_000)
  setDue(['due'])
  await pass(23_000)
  place.notices.length = 0
  await say('wish')
  expect(place.notices).toEqual(['due', 'wish'])
  expect(loop.dueHeldUntil).toBe(0)
  setDue(['x'.repeat(MAX_EVENT_BYTES)])
  await say('what is due is too large')
  expect(loop.dueHeldUntil).toBe(64_000)
})

test('TURN-5: an event above 128 KB is refused before the append', async () => {
  const { say, batches } = table()
  expect(await say('x'.repeat(MAX_EVENT_BYTES))).toEqual({ refused: 'too_large' })
  expect(batches).toEqual([])
})

test('TURN-6: while the ledger is away the same batch is offered again under the same id', async () => {
  const { say, pass, steps, batches } = table(['away', 'away'])
  const reply = say('a')
  await pass(200)
  expect(await reply).toEqual({ text: 'a' })
  expect(new Set(batches.map((b) => b.batchId)).size).toBe(1)
  expect(batches).toHaveLength(3)
  expect(steps.filter((s) => s === 'frozen' || s === 'thawed')).toEqual(['frozen', 'thawed'])
})

test('TURN-6: frozen, 500 commands wait, more are refused at once; after 5 s they are refused; leaves wait on', async () => {
  const { say, pass, place } = table(Array.from({ length: 40 }, () => 'away'))
  const decidedBefore = say('in flight')
  await pass(10)
  const leave = say('leave', true)
  const waiting = Array.from({ length: FROZEN_QUEUE }, (_, i) => say(String(i)))
  expect(await waiting.at(-1)).toEqual({ refused: 'frozen' })
  await pass(FROZEN_WAIT_MS + 500)
  expect((await Promise.all([decidedBefore, ...waiting])).every((r) => isRefusal(r) && r.refused === 'frozen')).toBe(
    true,
  )
  await pass(60_000)
  expect(await leave).toEqual({ text: 'leave' })
  expect(place.notices).toEqual(['in flight', 'leave'])
})

test('TURN-7: a stale epoch ends the actor: nothing is answered as done, nothing more is committed', async () => {
  const { say, steps, batches } = table([{ ok: false, why: 'stale', epoch: 2 }])
  expect(await Promise.all([say('a'), say('b')])).toEqual([{ refused: 'stale' }, { refused: 'stale' }])
  expect(steps).toContain('lost stale')
  expect(steps).not.toContain('patch')
  expect(await say('c')).toEqual({ refused: 'stale' })
  expect(batches).toHaveLength(1)
})

test('TURN-8: a ledger that fell behind gets again what is above its version, if it is still held', async () => {
  const { say, batches } = table([
    { ok: true, version: 1, confirmed: 0 },
    { ok: false, why: 'behind', version: 0 },
  ])
  await say('a')
  expect(await say('b')).toEqual({ text: 'b' })
  const texts = batches.at(-1)?.events.map((e) => (e.data as { text: string }).text)
  expect(texts).toEqual(['a', 'b'])
  expect(batches.at(-1)?.expectedVersion).toBe(0)
})

test('TURN-8: a ledger that lost what was confirmed, or the place, is given the place as a whole', async () => {
  const confirmedLost: Answer = { ok: false, why: 'behind', version: 0 }
  const placeLost: Answer = { ok: false, why: 'gone' }
  for (const lost of [confirmedLost, placeLost]) {
    const { say, steps, putBacks } = table([
      { ok: true, version: 1, confirmed: 1 },
      { ok: true, version: 2, confirmed: 1 },
      lost,
      'away',
    ])
    await say('a')
    await say('b')
    const c = say('c')
    await expect.poll(() => putBacks.length).toBe(1)
    expect(await Promise.race([c, Promise.resolve('waits')])).toBe('waits')
    expect(putBacks).toEqual([{ confirmed: 1, texts: ['b', 'c'] }])
    expect(steps).not.toContain('lost stale')
  }
})

test('TURN-8: a place that is put back goes on; one that a newer owner has put back ends here', async () => {
  const { say, batches } = table([{ ok: false, why: 'gone' }])
  expect(await say('a')).toEqual({ text: 'a' })
  expect(await say('b')).toEqual({ text: 'b' })
  expect(batches.at(-1)?.expectedVersion).toBe(1)
  const other = table([
    { ok: false, why: 'gone' },
    { ok: false, why: 'stale', epoch: 2 },
  ])
  expect(await other.say('a')).toEqual({ refused: 'stale' })
  expect(other.steps).toContain('lost stale')
})

test('TURN-12: a place that is asked to verify offers the ledger a turn without events', async () => {
  const { loop, batches, steps, say, putBacks } = table([{ ok: false, why: 'gone' }])
  loop.verify()
  await expect.poll(() => putBacks).toEqual([{ confirmed: 0, texts: [] }])
  expect(batches.map(({ events }) => events.length)).toEqual([0])
  expect(await say('a')).toEqual({ text: 'a' })
  expect(steps.filter((step) => step.startsWith('append'))).toEqual(['append 0', 'append 1'])
})

test('TURN-9: a sealed loop finishes what waits and takes nothing new', async () => {
  const { say, loop } = table()
  const waiting = say('a')
  const sealed = loop.seal('draining')
  expect(await say('b')).toEqual({ refused: 'draining' })
  await sealed
  expect(await waiting).toEqual({ text: 'a' })
})
