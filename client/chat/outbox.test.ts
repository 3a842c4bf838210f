import { afterEach, expect, test } from 'vitest'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { type KeyValue, memoryStorage } from '../keyValue.ts'
import { HandTimers, promises } from '../testing/handTimers.ts'
import { Outbox, TOO_OLD_MS } from './outbox.ts'

type Message = { outbox: string; n: number; text: string }

/** A conversation that knows (outbox, n) as the room does, and answers when told to. */
class Conversation {
  readonly log: Message[] = []
  readonly asked: Message[] = []
  answering: (message: Message) => { number: number; at: number } | Refusal = (message) => this.take(message)

  take(message: Message): { number: number; at: number } {
    const known = this.log.findIndex((m) => m.outbox === message.outbox && m.n === message.n)
    if (known >= 0) return { number: known + 1, at: 1 }
    this.log.push(message)
    return { number: this.log.length, at: 1 }
  }
  readonly send = async (message: Message) => {
    this.asked.push(message)
    return this.answering(message)
  }
  get texts(): string[] {
    return this.log.map((m) => m.text)
  }
}

const open: Outbox[] = []
afterEach(() => {
  for (const outbox of open.splice(0)) outbox.close()
})

function tab(timers: HandTimers, storage: KeyValue, conversation = 'room1') {
  const outbox = new Outbox({
    storage,
    timers,
    user: 'me',
    conversation,
    random: () => 1,
    head: () => 0,
    changed: () => {},
  })
  open.push(outbox)
  return outbox
}
const say = (outbox: Outbox, text: string) => outbox.add({ text, replyTo: null, mentions: [] })
const nothing = () => false

test('CLIENT-5: messages go out in order, one at a time, and are kept until stored', async () => {
  const timers = new HandTimers()
  const storage = memoryStorage()
  const room = new Conversation()
  const outbox = tab(timers, storage)
  for (const text of ['a', 'b', 'c']) say(outbox, text)
  outbox.attach(room.send, 0, nothing)
  await promises()
  expect(room.log.map((m) => [m.text, m.n])).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ])
  expect(outbox.items.map((i) => i.number)).toEqual([1, 2, 3])
  outbox.confirm(2)
  expect(outbox.items.map((i) => i.text)).toEqual(['c'])
  expect(
    storage
      .keys()
      .map((key) => storage.get(key) ?? '')
      .join(),
  ).not.toContain('"a"')
})

test('CLIENT-6: after a reload what is not stored goes out again, in order, and is not doubled', async () => {
  const timers = new HandTimers()
  const storage = memoryStorage()
  const room = new Conversation()
  const first = tab(timers, storage)
  first.attach(room.send, 0, nothing)
  say(first, 'answered')
  await promises()
  // Taken by the room, but the answer is lost with the page.
  room.answering = (message) => {
    room.take(message)
    return refuse('unavailable')
  }
  say(first, 'taken')
  await promises()
  say(first, 'unsent')
  first.close()

  room.answering = (message) => room.take(message)
  const second = tab(timers, storage)
  expect(second.items.map((i) => i.text)).toEqual(['answered', 'taken', 'unsent'])
  second.attach(room.send, 0, nothing)
  await promises()
  expect(room.texts).toEqual(['answered', 'taken', 'unsent'])
  expect(second.items.map((i) => i.number)).toEqual([1, 2, 3])
})

test('CLIENT-6: the room stored something while we were away: that is not asked for again', async () => {
  const timers = new HandTimers()
  const room = new Conversation()
  const outbox = tab(timers, memoryStorage())
  outbox.attach(room.send, 0, nothing)
  say(outbox, 'a')
  say(outbox, 'b')
  await promises()
  outbox.detach()
  room.asked.length = 0
  outbox.attach(room.send, 1, nothing)
  await promises()
  expect(room.asked.map((m) => m.text)).toEqual(['b'])
})

test('CLIENT-7: a refused message fails with its reason; tried again it gets a new n', async () => {
  const timers = new HandTimers()
  const room = new Conversation()
  const outbox = tab(timers, memoryStorage())
  room.answering = (message) => (message.text === 'bad' ? refuse('muted') : room.take(message))
  outbox.attach(room.send, 0, nothing)
  const bad = say(outbox, 'bad')
  say(outbox, 'good')
  await promises()
  expect(bad.refused).toBe('muted')
  expect(room.texts).toEqual(['good'])
  room.answering = (message) => room.take(message)
  outbox.retry(outbox.handleOf(bad))
  await promises()
  expect(room.log.map((m) => [m.text, m.n])).toEqual([
    ['good', 2],
    ['bad', 3],
  ])
})

test('CLIENT-7: a failed one can be discarded; one that may have been taken cannot', async () => {
  const timers = new HandTimers()
  const room = new Conversation()
  const outbox = tab(timers, memoryStorage())
  room.answering = () => refuse('muted')
  outbox.attach(room.send, 0, nothing)
  const bad = say(outbox, 'bad')
  await promises()
  outbox.discard(outbox.handleOf(bad))
  expect(outbox.items).toEqual([])
  room.answering = (message) => room.take(message)
  const sent = say(outbox, 'sent')
  const handle = outbox.handleOf(sent)
  await promises()
  outbox.discard(handle)
  expect(outbox.items).toEqual([sent])
})

test('CLIENT-7: what passes by itself (limits, a frozen place) is tried again with the same n', async () => {
  const timers = new HandTimers()
  const room = new Conversation()
  const outbox = tab(timers, memoryStorage())
  let refusals = 3
  room.answering = (message) => (refusals-- > 0 ? refuse('rate') : room.take(message))
  outbox.attach(room.send, 0, nothing)
  say(outbox, 'a')
  say(outbox, 'b')
  await timers.advance(10_000)
  expect(room.log.map((m) => [m.text, m.n])).toEqual([
    ['a', 1],
    ['b', 2],
  ])
})

test('CLIENT-8: a message older than 7 days waits for the user’s word', async () => {
  const timers = new HandTimers()
  const storage = memoryStorage()
  const room = new Conversation()
  const before = tab(timers, storage)
  say(before, 'old')
  before.close()
  timers.freeze(TOO_OLD_MS + 1)
  const outbox = tab(timers, storage)
  say(outbox, 'new')
  outbox.attach(room.send, 0, nothing)
  await promises()
  expect(room.texts).toEqual(['new'])
  const old = outbox.items.find((i) => i.text === 'old')
  expect(old?.refused).toBe('too_old')
  outbox.retry(outbox.handleOf(old ?? say(outbox, 'missing')))
  await promises()
  expect(room.texts).toEqual(['new', 'old'])
})

test('CLIENT-9: two tabs never give the same number of the same outbox', async () => {
  const timers = new HandTimers()
  const storage = memoryStorage()
  const room = new Conversation()
  const [one, two] = [tab(timers, storage), tab(timers, storage)]
  for (const outbox of [one, two]) outbox.attach(room.send, 0, nothing)
  for (let i = 0; i < 5; i++) {
    say(one, `one ${i}`)
    say(two, `two ${i}`)
    await promises()
  }
  expect(new Set(room.log.map((m) => `${m.outbox} ${m.n}`)).size).toBe(10)
  expect(room.texts.length).toBe(10)
})

test('CLIENT-9: what a closed tab left is sent by the other; the outbox is used on', async () => {
  const timers = new HandTimers()
  const storage = memoryStorage()
  const room = new Conversation()
  const one = tab(timers, storage)
  const two = tab(timers, storage)
  two.attach(room.send, 0, nothing)
  say(one, 'left behind')
  one.close()
  await timers.advance(4_000)
  expect(room.texts).toEqual(['left behind'])
})

test('CLIENT-9: a dead tab’s outbox is taken over after its lease, and a frozen tab that wakes up starts another', async () => {
  const timers = new HandTimers()
  const storage = memoryStorage()
  const room = new Conversation()
  const frozen = tab(timers, storage)
  frozen.attach(room.send, 0, nothing)
  say(frozen, 'before')
  await promises()
  timers.freeze(20_000)
  const awake = tab(timers, storage)
  awake.attach(room.send, 0, nothing)
  say(awake, 'by the new tab')
  await promises()
  say(frozen, 'after waking')
  await promises()
  expect(room.texts).toEqual(['before', 'by the new tab', 'after waking'])
  const [before, byNew, after] = room.log
  expect(byNew?.outbox).toBe(before?.outbox)
  expect(after?.outbox).not.toBe(before?.outbox)
})

test('CLIENT-9: a number the room never took is given anew; one it no longer knows is the user’s to decide', async () => {
  const timers = new HandTimers()
  const room = new Conversation()
  const outbox = tab(timers, memoryStorage())
  room.answering = (message) =>
    message.n < 8
      ? refuse('stale_number', { highest: 8, oldest: message.text === 'between' ? 0 : 8 })
      : room.take(message)
  outbox.attach(room.send, 0, nothing)
  say(outbox, 'between')
  await promises()
  expect(room.log.map((m) => [m.text, m.n])).toEqual([['between', 9]])
  const other = tab(timers, memoryStorage())
  other.attach(room.send, 0, nothing)
  const unknown = say(other, 'below')
  await promises()
  expect(unknown.refused).toBe('stale_number')
})

test('CLIENT-5: closing leaves no timer', () => {
  const timers = new HandTimers()
  const outbox = tab(timers, memoryStorage())
  say(outbox, 'a')
  outbox.close()
  expect(timers.pending).toBe(0)
})

test('CLIENT-5 STAGE-3: what the room keeps back waits for its time, in order, under the same n, and can be taken back', async () => {
  const timers = new HandTimers()
  const room = new Conversation()
  const outbox = tab(timers, memoryStorage())
  room.answering = () => refuse('held', { opensAt: 0, retryAfterMs: 60_000 })
  for (const text of ['a', 'b', 'c']) say(outbox, text)
  outbox.attach(room.send, 0, nothing)
  await promises()
  expect(outbox.keptBack).toBe('held')
  expect(room.asked.map((m) => m.text)).toEqual(['a'])
  const [, second] = outbox.items
  if (second) outbox.discard(outbox.handleOf(second))
  await timers.advance(59_000)
  expect(room.asked).toHaveLength(1)
  room.answering = (message) => room.take(message)
  await timers.advance(2_000)
  expect(room.log.map(({ text, n }) => [text, n])).toEqual([
    ['a', 1],
    ['c', 3],
  ])
  expect(outbox.keptBack).toBeNull()
})

test('STAGE-3: when the break comes early it asks at once; a reload and a new connection ask again', async () => {
  const timers = new HandTimers()
  const storage = memoryStorage()
  const room = new Conversation()
  const outbox = tab(timers, storage)
  room.answering = () => refuse('held', { opensAt: 0, retryAfterMs: 900_000 })
  say(outbox, 'a')
  outbox.attach(room.send, 0, nothing)
  await promises()
  outbox.close()
  const again = tab(timers, storage)
  again.attach(room.send, 0, nothing)
  await promises()
  expect([again.keptBack, room.asked.length]).toEqual(['held', 2])
  room.answering = (message) => room.take(message)
  again.hurry()
  await promises()
  expect(room.texts).toEqual(['a'])
  again.hurry()
  await promises()
  expect(room.asked).toHaveLength(3)
})
