import type { UserHub } from '#rooms/users/userHub.ts'
import type { Log } from './deps.ts'
import type { Seats } from './seats.ts'
import type { Effect } from './types.ts'

export type EffectDeps = {
  readonly seats: Seats
  readonly users: UserHub
  readonly log: Log
  evict(session: string, code: number): void
  /** Sends a message to everybody here. */
  push(type: string, body: unknown): void
}

/** Does what follows a commit. Effects may be lost in a crash (I13). */
export function followEffect(effect: Effect, { seats, users, log, evict, push }: EffectDeps): void {
  switch (effect.do) {
    case 'close':
      for (const seat of seats.ofUser(effect.userId))
        if (seat.evicted === undefined) evict(seat.who.session, effect.code)
      return
    case 'tell':
      users
        .tell(effect.userId, effect.item)
        .catch((error: unknown) => log('warn', { error: String(error) }, 'an inbox item was not told'))
      return
    case 'push':
      push(effect.type, effect.body)
      return
    default:
      effect satisfies never
  }
}
