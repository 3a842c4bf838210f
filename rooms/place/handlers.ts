import type { Client, Room } from '@colyseus/core'
import type { Catalogue } from '#schemas/messages/catalogue.ts'
import { refuse } from '#schemas/refusals.ts'
import type { Rates } from './rates.ts'
import type { Handlers, Who } from './types.ts'

export type HandlerDeps<T> = {
  /** Who speaks on this connection, or undefined when nothing from it is obeyed (not in yet, leaving, removed). */
  speaker(client: Client): Who | undefined
  readonly rates: Rates
  /** What a user's handlers act by. */
  turns(who: Who): T
  /** Monotonic milliseconds. */
  monotonic(): number
  /** A bug in a handler, to be logged once. */
  fault(error: unknown, type: string): void
}

/**
 * Registers a catalogue's requests with a room. Each is, in this order: refused if the speaker may not speak any more,
 * limited (`rate`), parsed (`invalid`), handled. A handler that throws is answered `fault`. Types the catalogue does not
 * know are answered `unknown`. Every answer is a value; nothing a client sends makes a handler reject.
 */
export function register<C extends Catalogue, T>(
  room: Room,
  catalogue: C,
  run: Handlers<C, T>,
  deps: HandlerDeps<T>,
): void {
  for (const type of Object.keys(catalogue) as (keyof C & string)[]) {
    const entry = catalogue[type]
    if (!entry) continue
    room.onMessage(type, async (client: Client, raw: unknown): Promise<unknown> => {
      const who = deps.speaker(client)
      if (!who) return refuse('not_present')
      if (!deps.rates.take(who.userId, type, deps.monotonic())) return refuse('rate')
      const parsed = entry.payload.safeParse(raw)
      if (!parsed.success) return refuse('invalid', { paths: parsed.error.issues.map((i) => i.path.join('.')) })
      try {
        // Parsed by this type's own schema just now; the compiler cannot follow `type` through the table.
        return await run[type](who, parsed.data as never, deps.turns(who))
      } catch (error) {
        deps.fault(error, type)
        return refuse('fault')
      }
    })
  }
  const unknown = (client: Client): unknown => {
    const who = deps.speaker(client)
    return refuse(who && !deps.rates.take(who.userId, 'unknown', deps.monotonic()) ? 'rate' : 'unknown')
  }
  // Colyseus answers an unknown request with an error of its own and closes the socket of an unknown message. Its
  // handlers stand in one object without a prototype: this one answers for every name that is not there.
  const events = room['onMessageEvents'].events
  Object.setPrototypeOf(events, new Proxy(Object.create(null) as object, { get: () => [unknown] }))
}
