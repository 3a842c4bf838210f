import { limits } from '#schemas/limits.ts'
import type { StudyPlace } from '../studyPlace.ts'

// Live state: who has an open socket now. The actor calls these as live changes, each before the command that draws the
// consequences (`decideDrop`, `decideBack`, `decideDue`), so that no decision between the two credits time to nobody.

/** The socket of this session is open. A session that is not the member's newest changes nothing (I1). */
export function markConnected(place: StudyPlace, userId: string, session: string, at: number): void {
  const { state, hidden } = place
  const member = state.members.get(userId)
  if (!member || hidden.sessions.get(userId) !== session) return
  if (!member.connected) hidden.connectedAt.set(userId, at)
  member.connected = true
  hidden.returning.delete(userId)
}

/**
 * The socket of this session is gone, but may come back (token reconnection). `seenAt` is when the member was last proven
 * to be there (his last frame or pong): no study time is credited after it.
 */
export function markDropped(place: StudyPlace, userId: string, session: string, seenAt: number, at: number): void {
  if (place.hidden.sessions.get(userId) !== session) return
  disconnect(place, userId, seenAt, at + limits.reconnectSeconds * 1000)
}

/** After a restore: nobody has a socket yet, all who were listed are returning (§5.6). Intervals end at their last proof. */
export function markReturning(place: StudyPlace, at: number): void {
  for (const userId of place.state.members.keys()) disconnect(place, userId, 0, at + limits.returningMs)
}

export function forgetPresence({ hidden }: StudyPlace, userId: string): void {
  hidden.connectedAt.delete(userId)
  hidden.returning.delete(userId)
}

function disconnect({ state, hidden }: StudyPlace, userId: string, seenAt: number, until: number): void {
  const member = state.members.get(userId)
  if (!member || (!member.connected && hidden.returning.has(userId))) return
  member.connected = false
  member.typing = false
  hidden.connectedAt.delete(userId)
  hidden.returning.set(userId, { seenAt, until })
}
