import { limits } from '#schemas/limits.ts'
import type { Outbox, Sent, StudyPlace } from '../studyPlace.ts'

const DAY = 86_400_000
/** An outbox that was not used for so long is forgotten (§5.3); its owner sends nothing that old without being asked. */
const FORGOTTEN_AFTER = 30 * DAY
/** After so long without use only the newest entry is kept: the snapshot stays small. */
const TRIMMED_AFTER = DAY
/** One user's outboxes (devices). Beyond it his least recently used one is forgotten: he harms nobody but himself. */
const PER_USER = 20

/** `/` is in no id, so no outbox can look like another user's. */
const keyOf = (userId: string, outbox: string): string => `${userId}/${outbox}`

export type Standing =
  /** n is above all that came before. */
  | { readonly is: 'new' }
  /** n was committed before, with this number. */
  | { readonly is: 'repeat'; readonly sent: Sent }
  /**
   * n is not above the highest, and its number is not known any more (n < oldest), or n was never committed (above it).
   */
  | { readonly is: 'stale'; readonly highest: number; readonly oldest: number }

/** Where n stands in a user's outbox. */
export function standingOf(place: StudyPlace, userId: string, outbox: string, n: number): Standing {
  const entry = place.hidden.outboxes.get(keyOf(userId, outbox))
  const newest = entry?.at(-1)
  if (!entry || !newest || n > newest.n) return { is: 'new' }
  const sent = entry.find((s) => s.n === n)
  if (sent) return { is: 'repeat', sent }
  return { is: 'stale', highest: newest.n, oldest: entry[0]?.n ?? newest.n }
}

/** Notes a committed message. Depends on the event's time only, so a replay gives the same. */
export function noteSent(place: StudyPlace, userId: string, outbox: string, sent: Sent): void {
  const { outboxes } = place.hidden
  const key = keyOf(userId, outbox)
  const entry = outboxes.get(key)
  if (!entry) makeRoom(place, userId, sent.at)
  outboxes.set(key, [...(entry ?? []), sent].slice(-limits.outboxUnanswered))
}

/** Runs only when an outbox is new to the place, so an ordinary message never pays for the walk. */
function makeRoom(place: StudyPlace, userId: string, now: number): void {
  const { outboxes } = place.hidden
  const own: { key: string; at: number }[] = []
  for (const [key, entry] of outboxes) {
    const at = lastUsed(entry)
    if (now - at > FORGOTTEN_AFTER) outboxes.delete(key)
    else if (now - at > TRIMMED_AFTER && entry.length > 1) outboxes.set(key, entry.slice(-1))
    if (key.startsWith(`${userId}/`) && outboxes.has(key)) own.push({ key, at })
  }
  own.sort((a, b) => a.at - b.at)
  for (const { key } of own.slice(0, Math.max(0, own.length - PER_USER + 1))) outboxes.delete(key)
}

const lastUsed = (entry: Outbox): number => entry.at(-1)?.at ?? 0
