import type { Decision, Handlers, Moment, Turns } from '#rooms/place/types.ts'
import type { ChatMessage, chatMessages } from '#schemas/messages/chat.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { loadAmendments } from './amendments.ts'
import { decideDelete, decideEdit, decidePin, decideReact } from './change.rules.ts'
import { decideSend } from './chat.rules.ts'
import { decideMarkUnread, decideRead } from './read.rules.ts'
import { decideTyping } from './typing.ts'
import { inWindow } from './window.ts'

export type ChatDeps = {
  /**
   * A message of this conversation from storage: the archive, filled up with what the ledger's tail has and the archive
   * lacks, so never behind what was committed when it was called. Null if there is none of this number.
   */
  loadMessage(number: number): Promise<ChatMessage | null>
  /** False where a block stands between the two: such a mention reaches nobody, and is not kept. */
  mayMention(from: string, to: string): boolean
}

/** A message can leave the window, or be changed again, between reading it and deciding: then it is read anew. */
const TRIES = 4

export const chatHandlers = (deps: ChatDeps): Handlers<typeof chatMessages, Turns<StudyPlace>> => {
  type Decide<R> = (place: StudyPlace, at: Moment, older: ChatMessage | null) => Decision<R>

  const change = async <R>(turns: Turns<StudyPlace>, number: number, decide: Decide<R>): Promise<R | Refusal> => {
    let answer: R | Refusal = refuse('conflict')
    for (let tries = 0; tries < TRIES; tries++) {
      const { place } = turns
      const isOld = number <= place.state.chatHead && !inWindow(place, number)
      const older = isOld ? await deps.loadMessage(number) : null
      if (isOld && !older) return refuse('not_found')
      answer = await turns.command((now, at) => decide(now, at, older))
      if (!isRefusal(answer) || answer.refused !== 'conflict') break
    }
    return answer
  }

  const allowed = (from: string, mentions: readonly string[]) => mentions.filter((to) => deps.mayMention(from, to))

  return {
    'chat.send': (who, payload, turns) => {
      const send = { ...payload, mentions: allowed(who.userId, payload.mentions) }
      return turns.command((place, at) => decideSend(place, who, send, at))
    },
    'chat.edit': (who, payload, turns) => {
      const { mentions, ...rest } = payload
      const edit = mentions ? { ...rest, mentions: allowed(who.userId, mentions) } : rest
      return change(turns, payload.number, (place, at, older) => decideEdit(place, who, edit, at, older))
    },
    'chat.delete': (who, payload, turns) =>
      change(turns, payload.number, (place, at, older) => decideDelete(place, who, payload, at, older)),
    'chat.react': (who, payload, turns) =>
      change(turns, payload.number, (place, at, older) => decideReact(place, who, payload, at, older)),
    'chat.pin': (who, payload, turns) =>
      change(turns, payload.number, (place, at, older) => decidePin(place, who, payload, at, older)),
    'chat.typing': async (who, payload, turns) => {
      let answer: Record<never, never> | Refusal = {}
      await turns.live((place, at) => {
        answer = decideTyping(place, who, payload, at)
      })
      return answer
    },
    'chat.read': (who, payload, turns) => turns.command((place, at) => decideRead(place, who, payload, at)),
    'chat.markUnread': (who, payload, turns) => turns.command((place, at) => decideMarkUnread(place, who, payload, at)),
    'chat.amendments': (_who, payload, turns) => loadAmendments(turns, deps, payload.since),
  }
}
