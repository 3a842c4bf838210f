import type { People } from '#persistence/ports/people.ts'

/**
 * Who of those in this node's places is blocked with whom, at hand between two frames: commands keep their order only if no
 * handler waits for storage. Learnt when somebody enters, renewed when a block changes; a lost hint is mended by the next
 * entry (I13).
 */
export class Blocks {
  readonly #people: Pick<People, 'blockedWith' | 'blockedWithEach'>
  readonly #known = new Map<string, ReadonlySet<string>>()
  readonly #isHere: (user: string) => boolean

  constructor(people: Pick<People, 'blockedWith' | 'blockedWithEach'>, isHere: (user: string) => boolean) {
    this.#people = people
    this.#isHere = isHere
  }

  /** Call before a user gets a seat. Rejects when storage is away. */
  async learn(user: string): Promise<void> {
    this.#keep(user, await this.#people.blockedWith(user))
  }

  /** The same for up to 1,000 users by one question. */
  async learnAll(users: readonly string[]): Promise<void> {
    const each = await this.#people.blockedWithEach(users)
    for (const user of users) this.#keep(user, each.get(user) ?? NOBODY)
  }

  #keep(user: string, blocked: ReadonlySet<string>): void {
    this.#known.delete(user)
    if (blocked.size > 0) this.#known.set(user, blocked)
    if (this.#known.size > BOUND) this.#forgetAbsent()
  }

  /** A block between these users came or went. */
  async changed(users: readonly string[]): Promise<void> {
    await Promise.all(users.map((user) => this.learn(user)))
  }

  /** Whether a block of either stands between them, as far as the first has been learnt. */
  between(user: string, other: string): boolean {
    return this.#known.get(user)?.has(other) ?? false
  }

  #forgetAbsent(): void {
    for (const user of this.#known.keys()) if (!this.#isHere(user)) this.#known.delete(user)
  }
}

const BOUND = 10_000
const NOBODY: ReadonlySet<string> = new Set()
