import type { Ledger } from '#persistence/ports/ledger.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import type { Event } from '#schemas/events/catalogue.ts'
import { insist } from './insist.ts'

export type DepartureDeps = {
  readonly ledger: Pick<Ledger, 'leavePlace' | 'addRemoved' | 'dropRemoved'>
  readonly place: string
  /** Nothing of this user is obeyed any more, from now on. */
  silence(userId: string, code: number): void
  /** Closes the user's sockets here. */
  close(userId: string, code: number): void
  failed(error: unknown, what: string): void
}

/**
 * What leaving means outside the place, after it was committed: the user's claim is given up, a removal stands in the
 * ledger's removed-set before the socket is closed (§5.7), and letting back takes it out again.
 */
export class Departures {
  readonly #deps: DepartureDeps
  readonly #leaving: { userId: string; session: string }[] = []

  constructor(deps: DepartureDeps) {
    this.#deps = deps
  }

  /** Before `member.left` is applied: afterwards the place no longer knows the session. */
  noteLeaving(userId: string, session: string | undefined): void {
    if (session !== undefined) this.#leaving.push({ userId, session })
  }

  committed(events: readonly Event[]): void {
    const { ledger, place, failed } = this.#deps
    for (const { userId, session } of this.#leaving.splice(0))
      insist(() => ledger.leavePlace(userId, session)).catch((e: unknown) => failed(e, 'leavePlace'))
    for (const event of events) {
      if (event.type === 'member.removed') this.#remove(event)
      if (event.type === 'member.letBack')
        insist(() => ledger.dropRemoved(place, event.data.userId)).catch((e: unknown) => failed(e, 'dropRemoved'))
    }
  }

  /** A turn that was not committed. */
  forget(): void {
    this.#leaving.length = 0
  }

  /** The ledger has forgotten who was removed. Until it knows again the place itself keeps them out. */
  removedBefore(removed: readonly { readonly userId: string; readonly until: number | null }[]): void {
    const { ledger, place, failed } = this.#deps
    for (const { userId, until } of removed)
      insist(() => ledger.addRemoved(place, userId, until)).catch((e: unknown) => failed(e, 'addRemoved'))
  }

  #remove({ data }: Event<'member.removed'>): void {
    const { ledger, place, silence, close, failed } = this.#deps
    const code = closeCodes[data.kind]
    silence(data.userId, code)
    insist(() => ledger.addRemoved(place, data.userId, data.until), 5000)
      .catch((e: unknown) => failed(e, 'addRemoved'))
      .finally(() => close(data.userId, code))
  }
}
