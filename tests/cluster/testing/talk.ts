import { expect } from 'vitest'
import { limits } from '#schemas/limits.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { Chatter } from '../../harness/chatter.ts'
import { historyOf } from '../../harness/historyOf.ts'
import { chosenSeed, seeded } from '../../harness/random.ts'
import { Resident } from '../../harness/resident.ts'
import { until } from '../../harness/until.ts'
import { Witness } from '../../harness/witness.ts'
import { agrees } from './agrees.ts'
import type { Cluster } from './cluster.ts'
import { storedRooms } from './stored.ts'

export type TalkOptions = {
  readonly people?: number
  readonly everyMs?: number
  /** Letters that each message has beside its words. */
  readonly more?: number
  /** One who talks, by whatever network. */
  comes?(n: number): Promise<Resident>
}

/** People who talk without a pause in one room, and what all of them were shown. `end` compares everything with everything. */
export class Talk {
  readonly people: readonly Resident[]
  readonly roomId: string
  readonly witness = new Witness()
  readonly seed = chosenSeed()
  readonly random = seeded(this.seed)
  readonly chatters: readonly Chatter[]

  private constructor(people: readonly Resident[], roomId: string, everyMs: number, more: number) {
    this.people = people
    this.roomId = roomId
    this.chatters = people.map((it) => new Chatter(it, this.witness, this.random, everyMs, more))
  }

  static async open(url: string, { people = 3, everyMs = 60, more = 0, comes }: TalkOptions = {}): Promise<Talk> {
    const come = comes ?? (() => Resident.signUp(url))
    const residents: Resident[] = []
    for (let n = 0; n < people; n += 10)
      residents.push(...(await Promise.all(Array.from({ length: Math.min(10, people - n) }, (_, i) => come(n + i)))))
    const [owner] = residents
    if (!owner) throw new Error('nobody')
    const roomId = await owner.createRoom({ kind: 'staying', capacity: Math.max(20, people) })
    const talk = new Talk(residents, roomId, everyMs, more)
    for (const chatter of talk.chatters) await chatter.enter(roomId)
    for (const chatter of talk.chatters) chatter.start()
    await talk.goesOn()
    return talk
  }

  get owner(): Resident {
    return this.people[0] as Resident
  }

  /** Everybody says something at once. */
  burst(): void {
    for (let i = 0; i < 3; i++) for (const chatter of this.chatters) chatter.sayOne()
  }

  async goesOn(messages = 20): Promise<void> {
    const head = this.owner.room.state.chatHead
    const { changes } = this.owner.room
    const at = () => this.owner.room.state.chatHead
    await until(
      changes,
      () => at() >= head + messages,
      () => `the talk going on from ${head}, is at ${at()}`,
    )
  }

  /** To be called before a fault: for each, how long after `since()` he was back, in milliseconds, once all have been away. */
  async returns(since: () => number, limitMs = 40_000): Promise<number[]> {
    const back = this.people.map(async ({ hub, name }) => {
      await until(hub.place, (it) => it.status === 'in' && it.connection !== 'live', `${name} to notice`, limitMs)
      await until(hub.place, (it) => it.status === 'in' && it.connection === 'live', `${name} back`, limitMs)
      return performance.now() - since()
    })
    return (await Promise.all(back)).sort((a, b) => a - b)
  }

  /** How long what others say takes to be shown to the first, from now on, milliseconds; `stop` gives all, ascending. */
  delays(): { stop(): number[] } {
    const { room, userId } = this.owner
    const all: number[] = []
    let seen = room.state.chatHead
    const stop = room.changes.subscribe(() => {
      const { chat, chatHead } = room.state
      for (; seen < chatHead; seen++) {
        const slot = chat[(seen + 1) % limits.chatWindow]
        const by = this.chatters.find(({ resident }) => resident.userId === slot?.author && slot.author !== userId)
        const at = by?.saidAt.get(slot?.text ?? '')
        if (at !== undefined) all.push(performance.now() - at)
      }
    })
    return {
      stop() {
        stop()
        return all.sort((a, b) => a - b)
      },
    }
  }

  /**
   * Ends the talk; all that was said is stored, once, in one order without a gap, as everybody was shown it. Where the cluster is given,
   * which then has a worker, so say event log, archive and database.
   */
  async end(cluster?: Cluster): Promise<ChatMessage[]> {
    for (const chatter of this.chatters) chatter.stop()
    await Promise.all(this.people.map((it) => it.live(30_000)))
    const said = this.chatters.flatMap((it) => it.said)
    for (const it of this.people) {
      // Another object after each return.
      const state = () => it.room.state
      const all = () => state().chatHead >= said.length && state().storedThrough === state().chatHead
      const unsent = () => this.chatters.map((of) => of.unsent)
      const what = () =>
        `${state().storedThrough} of ${state().chatHead} stored, ${said.length} said; unsent ${JSON.stringify(unsent())}`
      await until(it.room.changes, all, () => `${it.name}: ${what()}; ${this.witness.faults}`)
    }
    const history = await historyOf(this.owner, this.roomId)
    expect(history.map((m) => m.number)).toEqual(history.map((_, i) => i + 1))
    expect(history.map((m) => m.text).sort()).toEqual([...said].sort())
    for (const [number, text] of this.witness.shown) expect(history[number - 1]?.text).toBe(text)
    for (const { said: own, resident } of this.chatters)
      expect(history.filter((m) => m.author === resident.userId).map((m) => m.text)).toEqual(own)
    expect(this.witness.faults).toEqual([])
    if (cluster) {
      const stored = (await storedRooms(cluster, [this.roomId])).get(this.roomId)
      if (!stored) throw new Error('the room is not stored')
      const texts = new Map(this.chatters.map((it) => [it.resident, it.said]))
      await agrees(this.owner, this.roomId, texts, this.witness.shown, stored)
    }
    return history
  }

  async close(): Promise<void> {
    for (const chatter of this.chatters) chatter.stop()
    await Promise.all(this.people.map((it) => it.hub.close()))
  }
}

/** The value below which this part of all lies. */
export const quantile = (ascending: readonly number[], q: number): number =>
  Math.round(ascending[Math.ceil(ascending.length * q) - 1] ?? 0)

export const spread = (ms: readonly number[]): string => {
  const ascending = [...ms].sort((a, b) => a - b)
  const at = (q: number) => quantile(ascending, q)
  return `${ascending.length}: first ${at(0.001)}, median ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, last ${at(1)} ms`
}
