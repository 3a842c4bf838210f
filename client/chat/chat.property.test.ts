import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryStorage } from '../keyValue.ts'
import { setUp } from '../options.ts'
import { HandTimers, promises } from '../testing/handTimers.ts'
import { ModelRoom } from '../testing/modelRoom.ts'
import type { Api, ShownMessage } from '../types.ts'
import { Chat } from './chat.ts'

type Step =
  | { do: 'others'; count: number }
  | { do: 'change'; back: number; how: 'edit' | 'delete' | 'react' | 'pin' }
  | { do: 'say' }
  | { do: 'turn'; lost: boolean }
  | { do: 'cut' | 'connect' | 'confirm' | 'older' | 'reload' | 'crash' }
  | { do: 'wait'; ms: number }
  | { do: 'around'; back: number }
  /** Below the window something changes while the network is away. */
  | { do: 'away' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('others' as const), count: fc.constantFrom(1, 1, 3, 60, 130) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      back: fc.oneof(fc.nat(250), fc.integer({ min: 100, max: 250 })),
      how: fc.constantFrom('edit' as const, 'delete' as const, 'react' as const, 'pin' as const),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ do: 'say' as const }) },
  {
    weight: 8,
    arbitrary: fc.constant({ do: 'turn' as const, lost: false }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'turn' as const, lost: true }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'cut' as const,
        'connect' as const,
        'connect' as const,
        'confirm' as const,
        'older' as const,
        'reload' as const,
        'crash' as const,
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(100, 1_000, 4_000, 12_000) }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'away' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('around' as const), back: fc.nat(300) }) },
)

class Story {
  readonly timers = new HandTimers()
  readonly room = new ModelRoom('me', 'ana')
  readonly setup = setUp({ origin: 'http://test', storage: memoryStorage(), timers: this.timers, random: () => 0.5 })
  readonly said: string[] = []
  readonly crashed: Chat[] = []
  chat = this.open()
  connected = false
  straight = true
  readonly faults: unknown[] = []

  open(): Chat {
    const api: Api = {
      // The only page that a chat gets is its history.
      get: async (_path, query) => this.room.history(query as never) as never,
      send: async () => ({ refused: 'unavailable' }),
    }
    const chat = new Chat({ setup: this.setup, api, roomId: 'room1', me: 'me' })
    let before: readonly ShownMessage[] = []
    chat.view.subscribe(() => {
      const { messages } = chat.view.get()
      try {
        check(before, messages)
      } catch (error) {
        this.faults.push(error)
      }
      before = messages
    })
    return chat
  }

  connect(): void {
    const link = this.room.connect('me')
    link.onPatch = () => this.chat.patched()
    this.chat.attach(link)
    this.connected = true
  }

  cut(): void {
    this.room.connect('me').cut()
    this.chat.detach()
    this.connected = false
  }

  async run(step: Step): Promise<void> {
    switch (step.do) {
      case 'others':
        for (let i = 0; i < step.count; i++) {
          const n = this.room.state.chatHead + 1
          await this.room.by('ana', 'chat.send', { outbox: 'ana', n, text: `ana ${n}`, mentions: [] })
        }
        break
      case 'change': {
        const number = this.room.state.chatHead - step.back
        const author = this.room.archive.get(number)?.author
        if (!author) break
        const text = `changed at ${this.room.state.chatRevision}`
        if (step.how === 'edit') await this.room.by(author, 'chat.edit', { number, text })
        if (step.how === 'delete') await this.room.by(author, 'chat.delete', { number })
        if (step.how === 'react') await this.room.by('ana', 'chat.react', { number, emoji: '👍', on: true })
        if (step.how === 'pin') await this.room.by('ana', 'chat.pin', { number, on: true })
        break
      }
      case 'say':
        this.said.push(`mine ${this.said.length}`)
        this.chat.send(this.said.at(-1) ?? '')
        break
      case 'turn':
        await this.room.turn(step.lost)
        if (step.lost) this.cut()
        break
      case 'cut':
        this.cut()
        break
      case 'connect':
        this.connect()
        break
      case 'confirm':
        this.room.confirm()
        break
      case 'older':
        await this.chat.loadOlder()
        break
      case 'away':
        if (this.connected) this.cut()
        await this.run({ do: 'change', back: 120, how: 'edit' })
        this.connect()
        break
      case 'around':
        await this.chat.loadAround(this.room.state.chatHead - step.back)
        break
      case 'reload':
      case 'crash':
        if (this.connected) this.cut()
        if (step.do === 'reload') this.chat.close()
        else {
          this.straight = false
          this.crashed.push(this.chat)
        }
        this.chat = this.open()
        break
      case 'wait':
        await this.timers.advance(step.ms)
    }
    await promises()
  }

  /** What any story must come to once the network is there and the log has confirmed. */
  async end(): Promise<void> {
    for (const chat of this.crashed) chat.close()
    if (!this.connected) this.connect()
    for (let i = 0; i < 40; i++) {
      await this.room.turn()
      this.room.confirm()
      await this.timers.advance(1_000)
    }
  }
}

/** Order, uniqueness and identity between two views in a row. */
function check(before: readonly ShownMessage[], now: readonly ShownMessage[]): void {
  const keys = new Set(now.map((m) => m.key))
  expect(keys.size).toBe(now.length)
  const numbered = now.filter((m) => m.number > 0)
  for (let i = 1; i < numbered.length; i++) expect(numbered[i]?.number).toBe((numbered[i - 1]?.number ?? 0) + 1)
  const old = new Map(before.map((m) => [m.key, m]))
  for (const message of now) {
    const was = old.get(message.key)
    if (was && JSON.stringify(was) === JSON.stringify(message)) expect(message).toBe(was)
  }
  const mine = now.filter((m) => m.author === 'me' && m.text.startsWith('mine')).map((m) => m.text)
  expect(new Set(mine).size, mine.join()).toBe(mine.length)
}

const plain = ({ delivery: _d, key: _k, n: _n, refused: _r, keptBack: _b, ...message }: ShownMessage) => message

test('CLIENT-12: any mix of patches, pages, amendments, cuts, reloads and resends ends in the room’s own list', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
      const story = new Story()
      story.connect()
      for (const step of steps) await story.run(step)
      await story.end()
      const { messages, head, hasOlder } = story.chat.view.get()
      story.chat.close()
      if (story.faults.length > 0) throw story.faults[0]
      expect(head).toBe(story.room.state.chatHead)
      const floor = messages[0]?.number ?? 1
      const oracle = [...story.room.archive.values()]
        .filter((m) => m.number >= floor)
        .sort((a, b) => a.number - b.number)
      expect(messages.map(plain)).toEqual(oracle)
      expect(messages.every((m) => m.delivery === 'stored')).toBe(true)
      expect(hasOlder).toBe(floor > 1)
      const mine = [...story.room.archive.values()]
        .filter((m) => m.author === 'me' && m.revision === 0)
        .map((m) => m.text)
      const untouched = story.said.filter((text) => mine.includes(text))
      if (story.straight) expect(mine).toEqual(untouched)
      const everSaid = [...story.room.archive.values()].filter((m) => m.author === 'me').length
      expect(everSaid).toBe(story.said.length)
    }),
    { numRuns: 60 },
  )
}, 60_000)

test('CLIENT-11: changes missed while away, also to messages below the window, are asked for', async () => {
  const story = new Story()
  story.connect()
  for (let i = 0; i < 3; i++) {
    await story.run({ do: 'others', count: 60 })
    await story.run({ do: 'turn', lost: false })
  }
  await story.run({ do: 'cut' })
  await story.run({ do: 'change', back: 150, how: 'edit' })
  await story.run({ do: 'change', back: 10, how: 'delete' })
  expect(story.chat.view.get().messages[29]?.text).toBe('ana 30')
  await story.end()
  const { messages } = story.chat.view.get()
  story.chat.close()
  expect(messages[29]?.text).toBe('changed at 0')
  expect(messages[169]?.deleted).toBe(true)
})

test('CLIENT-11: a change whose push was lost is asked for although the connection stayed', async () => {
  const story = new Story()
  story.connect()
  for (let i = 0; i < 3; i++) {
    await story.run({ do: 'others', count: 60 })
    await story.run({ do: 'turn', lost: false })
  }
  await story.run({ do: 'change', back: 150, how: 'edit' })
  story.room.losePushes()
  for (let i = 0; i < 3; i++) {
    await story.run({ do: 'turn', lost: false })
    await story.run({ do: 'wait', ms: 1_000 })
  }
  expect(story.chat.view.get().messages[29]?.text).toBe('changed at 0')
  story.chat.close()
})

test('CLIENT-11: a question for changes whose answer never comes does not keep the next connection from asking', async () => {
  const story = new Story()
  story.connect()
  const steps: Step[] = [
    { do: 'say' },
    { do: 'turn', lost: false },
    { do: 'others', count: 120 },
    { do: 'cut' },
    { do: 'turn', lost: false },
    { do: 'away' },
    { do: 'turn', lost: true },
  ]
  for (const step of steps) await story.run(step)
  await story.end()
  const { messages } = story.chat.view.get()
  story.chat.close()
  expect(messages[0]?.editedAt).toBe(story.room.archive.get(1)?.editedAt)
  expect(messages[0]?.editedAt).not.toBeNull()
})
