/** What is known of the way of one transport, and what is being done about it. */
export type Health =
  | { readonly kind: 'well' }
  /** Silent for a moment: often it comes back by itself. */
  | { readonly kind: 'shaky'; readonly restarts: number }
  | { readonly kind: 'restarting'; readonly restarts: number }
  /** Between two restarts. */
  | { readonly kind: 'resting'; readonly restarts: number }
  | { readonly kind: 'lost' }

export type Sign =
  | { readonly kind: 'connected' | 'disconnected' | 'failed' | 'network' | 'waited' }
  /** The SFU does not know the transport. */
  | { readonly kind: 'forgotten' }
  /** The SFU could not be asked. */
  | { readonly kind: 'unasked' }

export type Act =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'restart' }
  /** All of the media is made anew. */
  | { readonly do: 'rebuild' }
  | { readonly do: 'nothing' }

export const SHAKY_MS = 1_500
/** A restart has to be through within this time. */
export const RESTART_MS = 5_000
export const REST_MS = 1_000
export const RESTARTS = 3

const nothing: Act = { do: 'nothing' }

/** One step: pure. A wait is over with the sign `waited`; a new act ends a wait. */
export function next(health: Health, sign: Sign): readonly [Health, Act] {
  if (health.kind === 'lost') return [health, nothing]
  if (sign.kind === 'forgotten') return lost
  const restarts = health.kind === 'well' ? 0 : health.restarts
  switch (sign.kind) {
    case 'connected':
      return health.kind === 'well' ? [health, nothing] : [{ kind: 'well' }, nothing]
    case 'disconnected':
      return health.kind === 'well'
        ? [
            { kind: 'shaky', restarts: 0 },
            { do: 'wait', ms: SHAKY_MS },
          ]
        : [health, nothing]
    case 'failed':
      return health.kind === 'restarting' || health.kind === 'resting' ? [health, nothing] : restart(restarts)
    case 'network':
      // The old way is most likely gone, and WebRTC takes seconds to notice.
      return health.kind === 'restarting' ? [health, nothing] : restart(0)
    case 'unasked':
      return rest(restarts)
    case 'waited':
      switch (health.kind) {
        case 'well':
          return [health, nothing]
        case 'shaky':
        case 'resting':
          return restart(restarts)
        case 'restarting':
          return rest(restarts)
      }
  }
}

const lost: readonly [Health, Act] = [{ kind: 'lost' }, { do: 'rebuild' }]

const restart = (restarts: number): readonly [Health, Act] =>
  restarts >= RESTARTS ? lost : [{ kind: 'restarting', restarts: restarts + 1 }, { do: 'restart' }]

const rest = (restarts: number): readonly [Health, Act] =>
  restarts >= RESTARTS
    ? lost
    : [
        { kind: 'resting', restarts },
        { do: 'wait', ms: REST_MS * restarts },
      ]
