import type { Decision, Effect, Moment, Who } from '#rooms/place/types.ts'
import { limits } from '#schemas/limits.ts'
import type { Payload } from '#schemas/messages/catalogue.ts'
import type { chatMessages } from '#schemas/messages/chat.ts'
import { refuse } from '#schemas/refusals.ts'
import { mayWrite } from '../stage/stage.rules.ts'
import { present } from '../standing.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { standingOf } from './outbox.ts'

type Send = Payload<typeof chatMessages, 'chat.send'>

/**
 * Gives the next number to a message (C1, I3). A repeat of (outbox, n) answers the number it got, also when its author may
 * no longer speak; so it does while chat is held. `stale_number` names `oldest` and `highest`: a message between them was never committed and may be
 * sent again with a new n; below `oldest` it was committed or refused long ago, and history tells.
 */
export function decideSend(
  place: StudyPlace,
  who: Who,
  send: Send,
  at: Moment,
): Decision<{ number: number; at: number }> {
  const member = present(place, who.userId)
  if (!member) return refuse('not_present')
  const standing = standingOf(place, who.userId, send.outbox, send.n)
  if (standing.is === 'repeat') return { events: [], reply: { number: standing.sent.number, at: standing.sent.at } }
  if (standing.is === 'stale') return refuse('stale_number', { highest: standing.highest, oldest: standing.oldest })
  if (place.hidden.muted.has(who.userId)) return refuse('muted')
  const notNow = mayWrite(place, who.userId, at.now)
  if (notNow) return notNow
  if (send.replyTo !== undefined && send.replyTo > place.state.chatHead) return refuse('not_found')

  const number = place.state.chatHead + 1
  const mentions = knownOf(place, send.mentions)
  const said = {
    number,
    outbox: send.outbox,
    n: send.n,
    author: who.userId,
    // The seat may be older than the name.
    authorName: member.name,
    text: send.text,
    replyTo: send.replyTo ?? null,
    mentions,
  }
  return {
    events: [{ type: 'chat.sent', data: said }],
    reply: { number, at: at.now },
    after: tellMentioned(place, { ...who, name: member.name }, number, send.text, mentions),
  }
}

/** Mentions of people the room has ever seen, each once; others are dropped: an id alone reaches nobody. */
export const knownOf = (place: StudyPlace, mentions: readonly string[]): string[] =>
  [...new Set(mentions)].filter((id) => place.state.members.has(id) || place.hidden.readThrough.has(id))

/** Tells those who are not here; who is here sees the message itself, and who was removed is told nothing (I7). */
export function tellMentioned(
  place: StudyPlace,
  who: Who,
  number: number,
  text: string,
  mentions: readonly string[],
): Effect[] {
  return mentions
    .filter((userId) => userId !== who.userId && !present(place, userId) && !place.hidden.removed.has(userId))
    .map((userId) => ({
      do: 'tell',
      userId,
      item: {
        kind: 'mentioned',
        roomId: place.state.id,
        roomName: place.state.name,
        number,
        by: who.name,
        text: text.slice(0, limits.mentionExcerpt),
      },
    }))
}
