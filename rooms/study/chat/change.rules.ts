import type { Decision, Effect, Moment, Who } from '#rooms/place/types.ts'
import { type ChangeType, changed } from '#schemas/chat/changed.ts'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'
import type { Payload } from '#schemas/messages/catalogue.ts'
import type { ChatMessage, chatMessages } from '#schemas/messages/chat.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import { mayReword } from '../stage/stage.rules.ts'
import { moderates, present } from '../standing.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { knownOf, tellMentioned } from './chat.rules.ts'
import { inWindow, windowMessage } from './window.ts'

type Of<K extends keyof typeof chatMessages> = Payload<typeof chatMessages, K>
type Changed = Decision<{ revision: number }>

// Changes to a message (C3). `older` is the message as storage has it, for one that the window no longer holds; when it turns
// out to be behind what was committed since it was read, the decision is `conflict` and the handler reads again.

/** One's own words only; an absent `mentions` leaves them as they are. */
export function decideEdit(
  place: StudyPlace,
  who: Who,
  edit: Of<'chat.edit'>,
  at: Moment,
  older: ChatMessage | null,
): Changed {
  const message = target(place, who, edit.number, older)
  if (isRefusal(message)) return message
  if (message.author !== who.userId) return refuse('forbidden')
  if (place.hidden.muted.has(who.userId)) return refuse('muted')
  const notNow = mayReword(place, who.userId, at.now)
  if (notNow) return notNow
  const mentions = edit.mentions ? knownOf(place, edit.mentions) : message.mentions
  if (message.text === edit.text && sameIds(mentions, message.mentions)) return unchanged(message)
  const added = mentions.filter((userId) => !message.mentions.includes(userId))
  return commit(
    place,
    at,
    message,
    { type: 'chat.edited', data: { ...next(place, message), text: edit.text, before: message.text, mentions } },
    tellMentioned(place, who, message.number, edit.text, added),
  )
}

/** One's own, or anybody's by owner and moderators. The text goes, the number stays. */
export function decideDelete(
  place: StudyPlace,
  who: Who,
  { number }: Of<'chat.delete'>,
  at: Moment,
  older: ChatMessage | null,
): Changed {
  const message = target(place, who, number, older)
  if (isRefusal(message))
    return message.refused === 'gone' ? { events: [], reply: { revision: revisionOf(place) } } : message
  if (message.author !== who.userId && !moderates(place, who.userId)) return refuse('forbidden')
  return commit(place, at, message, { type: 'chat.deleted', data: { ...next(place, message), by: who.userId } })
}

export function decideReact(
  place: StudyPlace,
  who: Who,
  { number, emoji, on }: Of<'chat.react'>,
  at: Moment,
  older: ChatMessage | null,
): Changed {
  const message = target(place, who, number, older)
  if (isRefusal(message)) return message
  if (on && place.hidden.muted.has(who.userId)) return refuse('muted')
  const users = message.reactions.find((r) => r.emoji === emoji)?.users ?? []
  if (users.includes(who.userId) === on) return unchanged(message)
  if (on && users.length >= limits.usersPerReaction) return refuse('full')
  if (on && users.length === 0 && message.reactions.length >= limits.reactionsPerMessage) return refuse('full')
  const mine = on ? [...users, who.userId] : users.filter((userId) => userId !== who.userId)
  const reactions =
    users.length === 0
      ? [...message.reactions, { emoji, users: mine }]
      : message.reactions.flatMap((r) => (r.emoji !== emoji ? [r] : mine.length > 0 ? [{ emoji, users: mine }] : []))
  return commit(place, at, message, { type: 'chat.reacted', data: { ...next(place, message), reactions } })
}

/** Owner and moderators only. */
export function decidePin(
  place: StudyPlace,
  who: Who,
  { number, on }: Of<'chat.pin'>,
  at: Moment,
  older: ChatMessage | null,
): Changed {
  if (present(place, who.userId) && !moderates(place, who.userId)) return refuse('forbidden')
  const message = target(place, who, number, older)
  if (isRefusal(message)) return message
  if (message.pinned === on) return unchanged(message)
  if (on && place.state.pins.length >= limits.pins) return refuse('full')
  return commit(place, at, message, { type: 'chat.pinned', data: { ...next(place, message), on } })
}

/** The message as it is now, or why it can not be changed. */
function target(place: StudyPlace, who: Who, number: number, older: ChatMessage | null): ChatMessage | Refusal {
  if (!present(place, who.userId)) return refuse('not_present')
  if (number > place.state.chatHead) return refuse('not_found')
  const message = windowMessage(place, number) ?? older
  if (!message) return refuse('conflict')
  if (message.number !== number || message.revision < (place.hidden.amended.get(number) ?? 0)) return refuse('conflict')
  return message.deleted ? refuse('gone') : message
}

/** A message outside the window is in nobody's state: it is pushed whole, and answered by `chat.amendments` later. */
function commit(
  place: StudyPlace,
  at: Moment,
  message: ChatMessage,
  event: NewEvent<ChangeType>,
  after: readonly Effect[] = [],
): Changed {
  const { revision } = event.data
  const push: Effect[] = inWindow(place, message.number)
    ? []
    : [{ do: 'push', type: 'chat.amended', body: { messages: [changed(message, event, at.now)], revision } }]
  return { events: [event], reply: { revision }, after: [...push, ...after] }
}

const revisionOf = (place: StudyPlace): number => place.state.chatRevision
const next = (place: StudyPlace, message: ChatMessage) => ({
  number: message.number,
  revision: revisionOf(place) + 1,
})
const unchanged = (message: ChatMessage): Changed => ({ events: [], reply: { revision: message.revision } })
const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i])
