import { beforeEach, describe, expect, test } from 'vitest'
import { PRESENCE_SILENT_MS, type Presence, type PresenceBook } from '../ports/presence.ts'

/** A book with the hand on its ledger: which nodes beat, and how time passes. */
export type BookInHand = {
  readonly book: PresenceBook
  beat(node: string): Promise<void>
  /** Time goes by without a beat. */
  pass(ms: number): Promise<void>
}

const at = (user: string, session: string, more: Partial<Presence> = {}): Presence => ({
  ...{ user, session, place: null, entry: 0, idle: false },
  ...more,
})

/** What every half of the presence book does alike. */
export function presenceContract(half: string, open: () => Promise<BookInHand>): void {
  describe(`the presence book: ${half}`, () => {
    let hand: BookInHand
    let book: PresenceBook
    beforeEach(async () => {
      hand = await open()
      book = hand.book
      for (const node of ['a', 'b']) await hand.beat(node)
      return () => book.close()
    })
    const sessionsOf = async (...users: string[]) => (await book.of(users)).map((p) => p.session).toSorted()

    test('PRESENCE-3: a user is all his connections on all nodes; a replaced one counts once', async () => {
      await book.put('a', at('ana', 's1', { place: 'room', entry: 4 }))
      await book.put('b', at('ana', 's2'))
      await book.put('b', at('ana', 's2', { idle: true }))
      await book.put('b', at('ben', 's3'))
      expect(await sessionsOf('ana', 'ana')).toEqual(['s1', 's2'])
      expect((await book.of(['ana'])).find((p) => p.session === 's2')).toEqual(at('ana', 's2', { idle: true }))
      expect(await sessionsOf('nobody')).toEqual([])
      await book.drop('a', 's1')
      await book.drop('a', 's1')
      await book.drop('a', 's2')
      expect(await sessionsOf('ana', 'ben')).toEqual(['s2', 's3'])
    })

    test('PRESENCE-5: whom a dead node held is gone with its heartbeat; the others of the same user stay', async () => {
      await book.put('a', at('ana', 's1'))
      await book.put('b', at('ana', 's2'))
      await book.put('a', at('ben', 's3'))
      await hand.pass(PRESENCE_SILENT_MS - 1_000)
      await hand.beat('b')
      expect(await sessionsOf('ana', 'ben')).toEqual(['s1', 's2', 's3'])
      await hand.pass(1_000)
      expect(await sessionsOf('ana', 'ben')).toEqual(['s2'])
      await hand.beat('a')
      expect(await sessionsOf('ana', 'ben')).toEqual(['s1', 's2', 's3'])
      await book.put('unheard', at('cho', 's4'))
      expect(await sessionsOf('cho')).toEqual([])
    })

    test('PRESENCE-4: subscribers on every node hear who changed, until they stop', async () => {
      const heard: string[] = []
      const stop = book.subscribe((users) => heard.push(...users))
      await book.put('a', at('ana', 's1'))
      await book.touch(['ben'])
      await book.drop('a', 's1')
      await expect.poll(() => heard).toEqual(['ana', 'ben', 'ana'])
      stop()
      await book.touch(['ben'])
      expect(heard).toHaveLength(3)
    })
  })
}
