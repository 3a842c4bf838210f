import type { Decision, Moment } from '#rooms/place/types.ts'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import { tellChecks } from '../attest/tellChecks.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { departures } from './departure.ts'

/**
 * Somebody's account is gone: he leaves if he still sits here, and nothing here names him any more. No event if there is nothing to
 * forget, so it may be asked again and again.
 */
export function decideForget(place: StudyPlace, userId: string, { now }: Moment): Decision {
  if (!knows(place, userId)) return { events: [], reply: {} }
  const leave = place.state.members.has(userId) ? departures(place, new Map([[userId, 'signedOut']]), now) : []
  const events: NewEvent[] = [...leave, { type: 'member.forgotten', data: { userId } }]
  return { events, reply: {}, after: tellChecks(place, events, now) }
}

/** What is kept by user, and of no use once he is gone. His id stays on what he wrote: others answered it. */
const kept = ({ hidden }: StudyPlace) => [
  ...[hidden.warnings, hidden.removed, hidden.readThrough, hidden.markedUnread, hidden.lastSaid],
  ...[hidden.moderators, hidden.muted, hidden.barred, hidden.days, hidden.sessions],
]
const outboxesOf = ({ hidden }: StudyPlace, userId: string) =>
  [...hidden.outboxes.keys()].filter((key) => key.startsWith(`${userId}/`))
const namedMessages = ({ state }: StudyPlace, userId: string) =>
  state.chat.filter((slot) => slot.author === userId && slot.authorName !== '')

function knows(place: StudyPlace, userId: string): boolean {
  const { state } = place
  return (
    state.members.has(userId) ||
    (state.owner === userId && state.ownerName !== '') ||
    kept(place).some((users) => users.has(userId)) ||
    outboxesOf(place, userId).length > 0 ||
    namedMessages(place, userId).length > 0
  )
}

/** Applies `member.forgotten`. */
export function forget(place: StudyPlace, userId: string): void {
  const { state, hidden } = place
  const names = new Set(namedMessages(place, userId).map((slot) => slot.authorName))
  for (const known of [hidden.warnings.get(userId), hidden.removed.get(userId)]) if (known) names.add(known.name)
  if (state.owner === userId) {
    names.add(state.ownerName)
    state.ownerName = ''
  }
  for (const slot of namedMessages(place, userId)) slot.authorName = ''
  // A notice keeps its author's name only: it goes if it is one he had here.
  if (names.has(state.noticeBy)) state.noticeBy = ''
  for (const users of kept(place)) users.delete(userId)
  for (const key of outboxesOf(place, userId)) hidden.outboxes.delete(key)
}
