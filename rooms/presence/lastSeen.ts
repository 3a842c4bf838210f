import type { PresenceRecord } from '#persistence/ports/presence.ts'
import type { PresenceDeps } from './presenceReader.ts'
import { coarse } from './presenceView.ts'

/** Keeps when this node's users were last there, and who of them may be counted in public. */
export class LastSeen {
  readonly #deps: PresenceDeps
  /** Users here who are known not to be invisible: nobody is counted before that is known. */
  readonly #shown = new Set<string>()
  /** Gone from here since the last update. */
  readonly #leaving = new Set<string>()

  constructor(deps: PresenceDeps) {
    this.#deps = deps
  }

  shown(users: Iterable<string>): number {
    let count = 0
    for (const user of users) if (this.#shown.has(user)) count++
    return count
  }

  /** His last connection here is gone; the next update says when he was last seen. */
  left(user: string): void {
    this.#leaving.add(user)
  }
  isLeaving(user: string): boolean {
    return this.#leaving.has(user)
  }

  /** Moves last seen forward for those who are or were just here and are not invisible; answers the records as they are then. */
  async update(
    users: readonly string[],
    records: ReadonlyMap<string, PresenceRecord>,
  ): Promise<ReadonlyMap<string, PresenceRecord>> {
    const visible = users.filter((user) => records.get(user)?.choice !== 'invisible')
    for (const user of users) this.#shown.delete(user)
    for (const user of visible) if (!this.#leaving.has(user)) this.#shown.add(user)
    if (visible.length === 0) return this.#settled(users, records)
    const at = coarse(await this.#deps.ledger.now())
    const late = visible.filter((user) => (records.get(user)?.lastSeenAt ?? -1) < at)
    await this.#write(late, at)
    const moved = late.map((user): [string, PresenceRecord] => [
      user,
      { choice: records.get(user)?.choice ?? 'online', lastSeenAt: at },
    ])
    return this.#settled(users, new Map([...records, ...moved]))
  }

  async seenNow(users: readonly string[]): Promise<void> {
    await this.#write(users, coarse(await this.#deps.ledger.now()))
  }

  #settled(users: readonly string[], records: ReadonlyMap<string, PresenceRecord>) {
    for (const user of users) this.#leaving.delete(user)
    return records
  }

  async #write(users: readonly string[], at: number): Promise<void> {
    for (let i = 0; i < users.length; i += 1_000) await this.#deps.records.seen(users.slice(i, i + 1_000), at)
  }
}
