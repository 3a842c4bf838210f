import type { Log } from '#rooms/place/deps.ts'
import { realTimers, type Timers } from '#rooms/place/timers.ts'
import type { Connection } from '#rooms/users/userHub.ts'
import type { PresenceView } from '#schemas/messages/presence.ts'
import type { PresenceChoice } from '#schemas/presence.ts'
import { LastSeen } from './lastSeen.ts'
import { type Facts, type PresenceDeps, readFacts, viewsFor } from './presenceReader.ts'
import { Watching } from './watching.ts'

export type PresenceHubDeps = PresenceDeps & { readonly node: string; readonly log: Log; readonly timers?: Timers }

/** Changes are gathered for this long before they are told. */
const GATHER_MS = 500
/** Who changes places or reloads a page is not gone: his last connection counts for so long after its end. */
const LINGER_MS = 2_000
/** Hints may be lost, and dead nodes give none: what is watched is compared this often (I13). */
const CHECK_MS = 5_000
/** Last seen is moved forward this often while one is there, so that a death loses no more. */
const TOUCH_MS = 60_000

/** Their rights are asked together; more at once would hold the event loop while their views are made. */
const VIEWERS_AT_ONCE = 100

type Mine = { readonly connection: Connection; idle: boolean; questions: number }

/**
 * Presence on one node: writes this node's connections into the book, keeps last seen, and tells those who look. What is
 * shown is derived from the book at each look, for each viewer; nothing of it is kept here.
 */
export class PresenceHub {
  readonly #deps: PresenceHubDeps
  readonly #timers: Timers
  readonly #lastSeen: LastSeen
  readonly #watching = new Watching()
  readonly #mine = new Map<string, Mine>()
  readonly #sessions = new Map<string, Set<string>>()
  readonly #lingering = new Map<string, () => void>()
  readonly #dirty = new Set<string>()
  #cancel: (() => void) | undefined
  #flushing = false
  #closed = false
  readonly #stops: (() => void)[] = []

  constructor(deps: PresenceHubDeps) {
    this.#deps = deps
    this.#timers = deps.timers ?? realTimers
    this.#lastSeen = new LastSeen(deps)
    this.#stops.push(deps.book.subscribe((users) => this.#changed(users)))
  }

  /** Begins what runs every few seconds. */
  start(): void {
    this.#every(CHECK_MS, () => this.#changed(this.#watching.users()))
    this.#every(TOUCH_MS, () => this.#changed(this.#sessions.keys()))
  }

  /** Nobody is told anything any more; who was here is kept as last seen now. */
  async stop(): Promise<void> {
    for (const done of [...this.#lingering.values()]) done()
    this.#closed = true
    this.#cancel?.()
    for (const stop of this.#stops.splice(0)) stop()
    await this.#flush()
  }

  /** Users here who are not invisible: what may be counted in public. */
  online(): number {
    return this.#lastSeen.shown(this.#sessions.keys())
  }

  connected(connection: Connection): void {
    const { userId, session } = connection.who
    this.#lingering.get(userId)?.()
    this.#mine.set(session, { connection, idle: false, questions: 0 })
    const all = this.#sessions.get(userId)
    if (all) all.add(session)
    else this.#sessions.set(userId, new Set([session]))
    this.#put(session)
  }

  disconnected(session: string): void {
    const mine = this.#mine.get(session)
    if (!mine) return
    const { userId } = mine.connection.who
    this.#mine.delete(session)
    this.#watching.stop(session)
    const all = this.#sessions.get(userId)
    all?.delete(session)
    const drop = () => this.#write(this.#deps.book.drop(this.#deps.node, session))
    if (all && all.size > 0) {
      drop()
      return
    }
    this.#sessions.delete(userId)
    const done = () => {
      cancel()
      this.#lingering.delete(userId)
      if (!this.#sessions.has(userId)) this.#lastSeen.left(userId)
      drop()
    }
    const cancel = this.#timers.after(LINGER_MS, done)
    this.#lingering.get(userId)?.()
    this.#lingering.set(userId, done)
  }

  /** What a device says about its user's idleness. */
  report(session: string, idle: boolean): void {
    const mine = this.#mine.get(session)
    if (!mine || mine.idle === idle) return
    mine.idle = idle
    this.#put(session)
  }

  /** Whom this connection looks at from now on, and how they are; of several questions at once the newest counts. */
  async watch(session: string, viewer: string, users: readonly string[]): Promise<PresenceView[]> {
    const wanted = [...new Set(users)]
    const mine = this.#mine.get(session)
    const question = mine ? ++mine.questions : 0
    const views = await this.look(viewer, wanted)
    if (!mine || this.#mine.get(session) !== mine || mine.questions !== question) return views
    this.#watching.begin(session, wanted).shown(wanted, views)
    // What has changed since the look is found by the next round.
    this.#changed(wanted)
    return views
  }

  /** Those of the users whose presence the viewer may see. */
  async look(viewer: string, users: readonly string[]): Promise<PresenceView[]> {
    const wanted = [...new Set(users)]
    if (wanted.length === 0) return []
    const [views] = await viewsFor(this.#deps, [{ viewer, users: wanted }], await readFacts(this.#deps, wanted))
    return views ?? []
  }

  async choiceOf(user: string): Promise<PresenceChoice> {
    return (await this.#deps.records.of([user])).get(user)?.choice ?? 'online'
  }

  /** Kept before it is answered. Who becomes invisible was last seen now, like anybody who leaves. */
  async choose(user: string, choice: PresenceChoice): Promise<void> {
    const { book, records } = this.#deps
    if (choice === 'invisible' && (await book.of([user])).length > 0) await this.#lastSeen.seenNow([user])
    await records.choose(user, choice)
    await book.touch([user])
  }

  /** Friendship, blocks or group membership of these users have changed: who may see whom is asked anew. */
  async relationsChanged(users: readonly string[]): Promise<void> {
    await this.#deps.book.touch(users)
  }

  #put(session: string): void {
    const mine = this.#mine.get(session)
    if (!mine) return
    const { who, place } = mine.connection
    const presence = { user: who.userId, session, place, entry: who.entry, idle: mine.idle }
    this.#write(this.#deps.book.put(this.#deps.node, presence))
  }

  #write(done: Promise<void>): void {
    done.catch((error: unknown) => this.#deps.log('warn', { error: String(error) }, 'presence could not be written'))
  }

  #every(ms: number, run: () => void): void {
    const again = (): void => {
      run()
      cancel = this.#timers.after(ms, again)
    }
    let cancel = this.#timers.after(ms, again)
    this.#stops.push(() => cancel())
  }

  #changed(users: Iterable<string>): void {
    for (const user of users) this.#dirty.add(user)
    this.#schedule(GATHER_MS)
  }

  #schedule(ms: number): void {
    if (this.#closed || this.#cancel || this.#flushing || this.#dirty.size === 0) return
    this.#cancel = this.#timers.after(ms, () => {
      this.#cancel = undefined
      void this.#flush()
    })
  }

  async #flush(): Promise<void> {
    this.#flushing = true
    const here = (user: string) => this.#sessions.has(user) || this.#lastSeen.isLeaving(user)
    const users = [...this.#dirty].filter((user) => here(user) || this.#watching.isWatched(user))
    if (users.length === 0) {
      this.#dirty.clear()
      this.#flushing = false
      return
    }
    this.#dirty.clear()
    let pause = GATHER_MS
    try {
      // Who begins to watch from here on has read what is newer than the facts below.
      const watches = this.#watching.of(users)
      const facts = await readFacts(this.#deps, users)
      const records = await this.#lastSeen.update(users.filter(here), facts.records)
      for (let i = 0; i < watches.length; i += VIEWERS_AT_ONCE)
        await this.#tell(watches.slice(i, i + VIEWERS_AT_ONCE), { ...facts, records })
    } catch (error) {
      for (const user of users) this.#dirty.add(user)
      pause = CHECK_MS
      this.#deps.log('warn', { error: String(error) }, 'presence could not be told')
    }
    this.#flushing = false
    this.#schedule(pause)
  }

  async #tell(watches: ReturnType<Watching['of']>, facts: Facts): Promise<void> {
    const looks = watches.flatMap(({ session, watch, watched }) => {
      const viewer = this.#mine.get(session)?.connection.who.userId
      return viewer === undefined ? [] : [{ session, watch, viewer, users: watched }]
    })
    if (looks.length === 0) return
    const views = await viewsFor(this.#deps, looks, facts)
    for (const [i, { session, watch, users }] of looks.entries()) {
      const news = this.#watching.isNow(session, watch) ? watch.news(users, views[i] ?? []) : null
      if (news) this.#mine.get(session)?.connection.send('presence.changed', news)
    }
  }
}
