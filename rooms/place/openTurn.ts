import { randomUUID } from 'node:crypto'
import type { Event } from '#schemas/events/catalogue.ts'
import { type Draft, MAX_EVENT_BYTES } from '#schemas/events/envelope.ts'
import { isRefusal, refuse } from '#schemas/refusals.ts'
import type { TurnDeps } from './turn.ts'
import type { Decision, Effect, Moment } from './types.ts'

export type OpenTurnDeps<P> = Pick<TurnDeps<P>, 'place' | 'key' | 'epoch' | 'committer' | 'apply' | 'fault'>

/** What one turn has gathered so far. */
export class OpenTurn<P> {
  readonly drafts: Draft[] = []
  readonly events: Event[] = []
  readonly effects: Effect[] = []
  readonly #deps: OpenTurnDeps<P>
  readonly #at: Moment

  constructor(deps: OpenTurnDeps<P>, at: Moment) {
    this.#deps = deps
    this.#at = at
  }

  /** Decides what time has brought; after `events` there may be more. `failed`: the rule threw or refused, both are bugs. */
  due(rule: (place: P, at: Moment) => Decision): 'events' | 'nothing' | 'failed' {
    const before = this.drafts.length
    const answer = this.decide(rule, null, 'due')
    if (!isRefusal(answer)) return this.drafts.length > before ? 'events' : 'nothing'
    if (answer.refused !== 'fault') this.#deps.fault(new Error(`what is due was refused: ${answer.refused}`), 'due')
    return 'failed'
  }

  decide(rule: (place: P, at: Moment) => Decision<unknown>, by: string | null, where: string): unknown {
    const { place, key, epoch, committer } = this.#deps
    let decision: Decision<unknown>
    try {
      decision = rule(place, this.#at)
    } catch (error) {
      this.#deps.fault(error, where)
      return refuse('fault')
    }
    if (isRefusal(decision)) return decision
    const drafts = decision.events.map(
      (e): Draft => ({ id: randomUUID(), type: e.type, version: 1, at: this.#at.now, actor: by, data: e.data }),
    )
    if (drafts.some(isTooLarge)) return refuse('too_large')
    for (const draft of drafts) {
      const event = { ...draft, key, epoch, seq: committer.version + this.drafts.length + 1 } as Event
      this.drafts.push(draft)
      this.events.push(event)
      this.#deps.apply(place, event)
    }
    if (decision.after) this.effects.push(...decision.after)
    return decision.reply
  }
}

const isTooLarge = (draft: Draft): boolean => Buffer.byteLength(JSON.stringify(draft)) > MAX_EVENT_BYTES
