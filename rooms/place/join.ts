import { ServerError } from '@colyseus/core'
import type { Ledger } from '#persistence/ports/ledger.ts'
import type { UserHub } from '#rooms/users/userHub.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { isRefusal, type Refusal, refusals, refuse } from '#schemas/refusals.ts'
import { insist } from './insist.ts'
import type { PlaceRules } from './model.ts'
import type { Seat, Seats } from './seats.ts'
import type { TurnLoop } from './turn.ts'
import type { Decision, Moment, Who } from './types.ts'

/**
 * How a refused join reaches the client: the SDK rejects with this error; `code` is the refusal's HTTP status and
 * `message` the refusal as JSON, the same value a request would have been answered with.
 */
export class JoinRefused extends ServerError {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusals[refusal.refused], JSON.stringify(refusal))
    this.refusal = refusal
  }
}

export type JoinDeps<P, F> = {
  readonly ledger: Ledger
  readonly node: string
  readonly place: string
  readonly users: UserHub
  readonly loop: TurnLoop<P>
  readonly rules: PlaceRules<P, F>
  readonly seats: Pick<Seats, 'isOvertaken'>
  readonly seat: Pick<Seat, 'joined'>
}

/** A seat outlives its account session by up to 15 s: it must let nobody in then (I7). */
export async function refuseSignedOut(ledger: Pick<Ledger, 'revoked'>, { account }: Who): Promise<void> {
  const revoked = await ledger.revoked([account]).catch(() => undefined)
  if (!revoked) throw new JoinRefused(refuse('frozen'))
  if (revoked.length > 0) throw new JoinRefused(refuse('unauthenticated'))
}

/**
 * The join command (§5.5, I1): looks whether the place would take the user, claims the user's place by compare-and-set
 * with the seat's entry number, then joins in a turn, and only then tells the older holder. A refusal before the claim
 * leaves the user where he is. Resolves when the join is committed and patched; throws `JoinRefused`.
 */
export async function joinPlace<P, F>(deps: JoinDeps<P, F>, who: Who, facts: F): Promise<void> {
  const { ledger, node, place, users, loop, rules, seats, seat } = deps
  const looked = rules.join(loop.place, who, facts, { now: loop.now() })
  if (isRefusal(looked)) throw new JoinRefused(looked)
  const { userId, session, device, entry } = who
  await refuseSignedOut(ledger, who)
  const claim = { user: userId, place, session, device, entry, node }
  const taken = await ledger.takePlace(claim).catch(() => undefined)
  if (!taken) throw new JoinRefused(refuse('frozen'))
  if (!taken.taken) throw new JoinRefused(refuse('taken_over'))
  const join = (p: P, at: Moment): Decision => {
    // The ledger's answers need not come in the order of its decisions: this user may have joined by a newer connection.
    if (seats.isOvertaken(who)) return refuse('taken_over')
    const decision = rules.join(p, who, facts, at)
    seat.joined = !isRefusal(decision)
    return decision
  }
  const joined = await loop.command(join, userId, { patient: true })
  if (isRefusal(joined)) {
    // Refused after all: the user is nowhere now, if he was elsewhere before, his client is told so by that place.
    if (taken.before) users.evict(taken.before.session, taken.before.node, closeCodes.stale)
    await insist(() => ledger.leavePlace(userId, session)).catch(() => undefined)
    throw new JoinRefused(joined)
  }
  if (taken.before && taken.before.session !== session)
    users.evict(taken.before.session, taken.before.node, closeCodes.takenOver)
}
