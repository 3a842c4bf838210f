import type { InboxStore } from '#persistence/ports/inbox.ts'
import { type Ledger, LedgerUnavailable } from '#persistence/ports/ledger.ts'
import type { NodeLink } from '#persistence/ports/nodeLink.ts'
import type { Log } from '#rooms/place/deps.ts'
import { insist } from '#rooms/place/insist.ts'
import { realTimers, type Timers } from '#rooms/place/timers.ts'
import type { Who } from '#rooms/place/types.ts'
import { type CloseCode, closeCodes } from '#schemas/closeCodes.ts'
import { type InboxItem, isKept } from '#schemas/messages/inbox.ts'
import type { UserPushes } from '#schemas/roomShapes.ts'
import { Missed } from './missed.ts'

/** One open or returning connection of a user on this node. A removal compares its session (I1). */
export type Connection = {
  readonly who: Who
  /** Null in the lobby. */
  readonly place: string | null
  send<K extends keyof UserPushes>(type: K, message: UserPushes[K]): void
  /** Ends it, with the reason; idempotent. */
  end(code: CloseCode): void
}

export type UserHubDeps = {
  readonly ledger: Ledger
  readonly inbox: InboxStore
  readonly node: string
  /** The way to users on other nodes; each note is a hint that `check` makes up for. */
  readonly link: Pick<NodeLink, 'hear' | 'tell' | 'tellAll'>
  readonly log: Log
  /** Which of these account sessions the database does not have any more. */
  endedSessions(accounts: readonly string[]): Promise<readonly string[]>
  readonly timers?: Pick<Timers, 'monotonic'>
  /** Told of every connection's begin and end. */
  readonly presence?: { connected(connection: Connection): void; disconnected(session: string): void }
}

/**
 * How long after a ledger has come back the database is asked as well: what it has forgotten of ended sessions (§5.6). Longer than a
 * seat is good that was handed out before.
 */
const DOUBT_MS = 60_000

/** How long an ending session waits for a ledger that is away, and how long its mark is tried after that. */
const SOON_MS = 5000
const LATE_MS = 600_000

type Kept = { number?: number; at?: number }
type Evict = { readonly session: string; readonly code: CloseCode }
type InboxNote = { readonly user: string; readonly version: number; readonly items: InboxItem[]; readonly kept: Kept }

/**
 * The users of this node: every socket of each, whatever room it sits in. Carries what is addressed to a user, and ends
 * connections that have lost their right to be. Hints travel at once; `check` finds what hints missed (I13).
 */
export class UserHub {
  readonly #deps: UserHubDeps
  readonly #bySession = new Map<string, Connection>()
  readonly #byUser = new Map<string, Set<Connection>>()
  readonly #versions = new Map<string, number>()
  readonly #missed = new Missed()
  /** The ledger's generation in which these connections have their places. */
  #generation: number | undefined
  /** Until when the ledger may not know of every session that has ended. */
  #doubtUntil = Number.NEGATIVE_INFINITY

  constructor(deps: UserHubDeps) {
    this.#deps = deps
    const { link, node } = deps
    link.hear('user.evict', (note) => {
      const { session, code } = note as Evict
      this.evict(session, node, code)
    })
    link.hear('user.inbox', (note) => {
      const { user, version, items, kept } = note as InboxNote
      this.#push(user, version, items, kept)
    })
    link.hear('user.accountEnded', (account) => this.#endAccounts(new Set([account as string])))
  }

  get size(): number {
    return this.#bySession.size
  }
  get users(): number {
    return this.#byUser.size
  }

  /** Whether the user has a connection on this node. */
  has(userId: string): boolean {
    return this.#byUser.has(userId)
  }

  connect(connection: Connection): void {
    this.#bySession.set(connection.who.session, connection)
    const { userId } = connection.who
    const all = this.#byUser.get(userId)
    if (all) all.add(connection)
    else this.#byUser.set(userId, new Set([connection]))
    this.#deps.presence?.connected(connection)
    const code = this.#missed.take(connection.who.session)
    // Once it has been told that it is in: a socket that is closed before is an error to the client, not a reason.
    if (code !== undefined) setImmediate(() => connection.end(code))
  }

  disconnect(session: string): void {
    const connection = this.#bySession.get(session)
    if (!connection) return
    this.#bySession.delete(session)
    this.#deps.presence?.disconnected(session)
    const { userId } = connection.who
    const all = this.#byUser.get(userId)
    all?.delete(connection)
    if (all?.size !== 0) return
    this.#byUser.delete(userId)
    this.#versions.delete(userId)
  }

  /**
   * Tells a user, on every socket of this node. The item is kept first and the version raised then, before anything is
   * sent: a lost hint is noticed, and who asks finds what it was about (I13). An item that cannot be kept is told all the same.
   */
  async tell(userId: string, item: InboxItem): Promise<void> {
    const { ledger, inbox, log } = this.#deps
    const at = await insist(() => ledger.now())
    const number = !isKept(item)
      ? null
      : await inbox.put(userId, item, at).catch((error: unknown) => {
          log('error', { error: String(error), kind: item.kind }, 'an inbox item could not be kept')
          return null
        })
    const version = await insist(() => ledger.bumpInbox(userId))
    const kept = number === null ? {} : { number, at }
    this.#push(userId, version, [item], kept)
    const note: InboxNote = { user: userId, version, items: [item], kept }
    this.#deps.link.tellAll('user.inbox', note)
  }

  /** Ends one connection, here or on the node that has it. */
  evict(session: string, node: string, code: CloseCode): void {
    if (node !== this.#deps.node) {
      const note: Evict = { session, code }
      this.#deps.link.tell(node, 'user.evict', note)
      return
    }
    const connection = this.#bySession.get(session)
    // It has claimed its place and is still joining: it is ended when it comes.
    if (connection) connection.end(code)
    else this.#missed.add(session, code)
  }

  /** Ends a user's connections in any of these places, on this node. */
  endIn(userId: string, places: ReadonlySet<string>, code: CloseCode): void {
    for (const c of [...(this.#byUser.get(userId) ?? [])]) if (c.place !== null && places.has(c.place)) c.end(code)
  }

  /**
   * The session is marked as ended before its connections are (I7). A ledger that is away does not keep them open: then the mark
   * follows when it is back, for the nodes that did not hear of it.
   */
  async endAccount(account: string): Promise<void> {
    const mark = () => this.#deps.ledger.revokeSessions([account])
    await insist(mark, SOON_MS).catch(() => {
      insist(mark, LATE_MS).catch((error: unknown) =>
        this.#deps.log('error', { error: String(error) }, 'an ended session could not be marked'),
      )
    })
    this.#endAccounts(new Set([account]))
    this.#deps.link.tellAll('user.accountEnded', account)
  }

  /** Compares every connection with the ledger, in a few calls (§5.7). Rejects with `LedgerUnavailable`: nobody is ended then. */
  async check(): Promise<void> {
    const connections = [...this.#bySession.values()]
    // Known from the first check on, before anybody has come: who comes later has his place in this generation or a newer one.
    if (connections.length === 0) {
      this.#cameBack((await this.#deps.ledger.generation()).id)
      return
    }
    const placed = connections.filter((c) => c.place !== null)
    const { ledger } = this.#deps
    const [places, revoked, versions] = await Promise.all([
      ledger.placesOf([...new Set(placed.map((c) => c.who.userId))]),
      ledger.revoked([...new Set(connections.map((c) => c.who.account))]),
      ledger.inboxVersions([...this.#byUser.keys()]),
    ])
    // Read after the places: whatever was lost before they were read shows here.
    const { id: generation } = await ledger.generation()
    if (this.#isNew(generation)) {
      await this.#retake(placed)
      this.#cameBack(generation)
      await this.#endForgotten(connections)
      return
    }
    if (this.#now() < this.#doubtUntil) await this.#endForgotten(connections)
    const holders = new Map(places.map((p) => [p.user, p]))
    for (const c of placed) {
      const holder = holders.get(c.who.userId)
      if (this.#bySession.get(c.who.session) !== c || holder?.session === c.who.session) continue
      // A newer connection here may have taken the place while the ledger was asked.
      if (holder && holder.entry < c.who.entry) continue
      c.end(holder ? closeCodes.takenOver : closeCodes.stale)
    }
    if (revoked.length > 0) this.#endAccounts(new Set(revoked))
    for (const [userId, version] of versions) this.#push(userId, version, [])
  }

  #now = () => (this.#deps.timers ?? realTimers).monotonic()
  #isNew = (generation: number) => this.#generation !== undefined && this.#generation !== generation
  #cameBack(generation: number): void {
    if (this.#isNew(generation)) this.#doubtUntil = this.#now() + DOUBT_MS
    this.#generation = generation
  }

  /** A ledger that has come back may not know who sits where; the newest entry wins there again. */
  async #retake(placed: readonly Connection[]): Promise<void> {
    const { ledger, node } = this.#deps
    await Promise.all(
      placed.map(async (c) => {
        const { userId: user, session, device, entry } = c.who
        // Whoever has left meanwhile stays away.
        if (this.#bySession.get(session) !== c || c.place === null) return
        const claim = await ledger.takePlace({ user, place: c.place, session, device, entry, node })
        if (!claim.taken) c.end(closeCodes.takenOver)
      }),
    )
  }

  /** Sessions that have ended and that the ledger has forgotten. Without the database it is asked again in the next round. */
  async #endForgotten(connections: readonly Connection[]): Promise<void> {
    const { ledger, log, endedSessions } = this.#deps
    try {
      const ended = await endedSessions([...new Set(connections.map((c) => c.who.account))])
      if (ended.length === 0) return
      await ledger.revokeSessions(ended)
      this.#endAccounts(new Set(ended))
    } catch (error) {
      if (error instanceof LedgerUnavailable) throw error
      log('warn', { error: String(error) }, 'the database could not be asked for ended sessions')
    }
  }

  #endAccounts(accounts: ReadonlySet<string>): void {
    for (const c of [...this.#bySession.values()]) if (accounts.has(c.who.account)) c.end(closeCodes.signedOut)
  }

  #push(userId: string, version: number, items: InboxItem[], kept: Kept = {}): void {
    if ((this.#versions.get(userId) ?? 0) >= version) return
    const connections = this.#byUser.get(userId)
    if (!connections) return
    this.#versions.set(userId, version)
    for (const c of connections) c.send('inbox', { version, items, ...kept })
  }
}
