import { messageOf, slotOf } from '#schemas/chat/messageOf.ts'
import { limits } from '#schemas/limits.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { ChatSlot } from '#schemas/state/chatState.ts'
import type { StudyPlace } from '../studyPlace.ts'

const slotAt = (place: StudyPlace, number: number): ChatSlot | undefined => place.state.chat[number % limits.chatWindow]

/** Whether the window still holds this number; false for numbers that were never given. */
export const inWindow = (place: StudyPlace, number: number): boolean =>
  number > 0 && slotAt(place, number)?.number === number

/** A copy of a message of the window, null when it is older, or not yet said. */
export function windowMessage(place: StudyPlace, number: number): ChatMessage | null {
  const slot = slotAt(place, number)
  return number > 0 && slot?.number === number ? messageOf(slot) : null
}

/**
 * Writes a message into its slot, in place: only fields that differ go over the wire. The list grows as far as it is
 * needed, because 100 empty slots would cost each joiner 2.9 KB.
 */
export function writeToWindow(place: StudyPlace, message: ChatMessage): void {
  const { chat } = place.state
  const index = message.number % limits.chatWindow
  while (chat.length <= index) chat.push(new ChatSlot())
  chat[index]?.assign(slotOf(message))
}
