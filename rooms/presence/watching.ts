import type { PresenceChanged, PresenceView } from '#schemas/messages/presence.ts'

/** Whom one connection looks at, and what it was told of each. */
export class Watch {
  readonly #told = new Map<string, string>()
  readonly users: readonly string[]

  constructor(users: readonly string[]) {
    this.users = users
  }

  /** Remembers what the connection knows now. */
  shown(users: readonly string[], views: readonly PresenceView[]): void {
    this.news(users, views)
  }

  /** What of these users the connection does not know yet, or null. Whoever has no view is hidden from it. */
  news(users: readonly string[], views: readonly PresenceView[]): PresenceChanged | null {
    const byUser = new Map(views.map((view) => [view.userId, view]))
    const presences: PresenceView[] = []
    const hidden: string[] = []
    for (const user of users) {
      const view = byUser.get(user)
      const text = view ? JSON.stringify(view) : ''
      if ((this.#told.get(user) ?? '') === text) continue
      this.#told.set(user, text)
      if (view) presences.push(view)
      else hidden.push(user)
    }
    return presences.length + hidden.length > 0 ? { presences, hidden } : null
  }
}

/** Who of this node's connections looks at whom. */
export class Watching {
  readonly #bySession = new Map<string, Watch>()
  readonly #byUser = new Map<string, Set<string>>()

  /** Replaces what the connection looked at; with nobody it looks no more. */
  begin(session: string, users: readonly string[]): Watch {
    this.stop(session)
    const watch = new Watch(users)
    if (users.length > 0) this.#bySession.set(session, watch)
    for (const user of users) {
      const watchers = this.#byUser.get(user)
      if (watchers) watchers.add(session)
      else this.#byUser.set(user, new Set([session]))
    }
    return watch
  }

  stop(session: string): void {
    for (const user of this.#bySession.get(session)?.users ?? []) {
      const watchers = this.#byUser.get(user)
      watchers?.delete(session)
      if (watchers?.size === 0) this.#byUser.delete(user)
    }
    this.#bySession.delete(session)
  }

  users(): Iterable<string> {
    return this.#byUser.keys()
  }
  isWatched(user: string): boolean {
    return this.#byUser.has(user)
  }
  isNow(session: string, watch: Watch): boolean {
    return this.#bySession.get(session) === watch
  }

  /** The connections that look at some of these users, each with those it looks at. */
  of(users: readonly string[]): { session: string; watch: Watch; watched: readonly string[] }[] {
    const found = new Map<string, string[]>()
    for (const user of users)
      for (const session of this.#byUser.get(user) ?? []) {
        const watched = found.get(session)
        if (watched) watched.push(user)
        else found.set(session, [user])
      }
    return [...found].flatMap(([session, watched]) => {
      const watch = this.#bySession.get(session)
      return watch ? [{ session, watch, watched }] : []
    })
  }
}
