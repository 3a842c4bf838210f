import type { Turns } from '#rooms/place/types.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { amendedSince } from './amended.ts'
import type { ChatDeps } from './chat.messages.ts'

/** Messages of one answer; who missed more reloads the pages he shows. Keeps the answer below the payload limit's scale. */
const AT_ONCE = 50

type Amendments = { messages: ChatMessage[]; revision: number; complete: boolean }

/**
 * What a client missed above a revision, of messages outside the window (§5.3). `revision` is the one the answer is good
 * for, and taken before storage is read: what comes later is pushed, or asked for again. An answer that could lack
 * something, or show an older wording, says `complete: false`.
 */
export async function loadAmendments(
  turns: Turns<StudyPlace>,
  deps: ChatDeps,
  since: number,
): Promise<Amendments | Refusal> {
  const known = await turns.command((place) => ({
    events: [],
    reply: { amended: amendedSince(place, since), revision: place.state.chatRevision },
  }))
  if (isRefusal(known)) return known
  const { amended, revision } = known
  if (!amended || amended.size > AT_ONCE) return { messages: [], revision, complete: false }
  const found = await Promise.all([...amended.keys()].map((number) => deps.loadMessage(number)))
  const messages = found.filter((message) => message !== null)
  const current = messages.filter((message) => message.revision >= (amended.get(message.number) ?? 0))
  return { messages: current, revision, complete: current.length === amended.size }
}
