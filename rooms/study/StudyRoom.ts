import type { Media } from '#media/ports/media.ts'
import type { Directory } from '#rooms/directory/directory.ts'
import type { PlaceDeps } from '#rooms/place/deps.ts'
import { type HandlerDeps, register } from '#rooms/place/handlers.ts'
import { PlaceRoom } from '#rooms/place/PlaceRoom.ts'
import type { Decision, Handlers, Moment, Turns } from '#rooms/place/types.ts'
import { presenceHandlers } from '#rooms/presence/presence.messages.ts'
import type { Blocks } from '#rooms/users/blocks.ts'
import type { Event } from '#schemas/events/catalogue.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { type StudyMessages, studyMessages } from '#schemas/messages/study.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import { attestHandlers } from './attest/attest.messages.ts'
import { chatHandlers } from './chat/chat.messages.ts'
import { handHandlers } from './hands/hands.messages.ts'
import { mediaHandlers } from './media/media.messages.ts'
import { RoomMedia } from './media/roomMedia.ts'
import { memberHandlers } from './members/members.messages.ts'
import { cardOf } from './room/card.ts'
import { roomHandlers } from './room/room.messages.ts'
import { decideCreate, type RoomFacts } from './room/room.rules.ts'
import { screenHandlers } from './screen/screen.messages.ts'
import { studyHandlers } from './study/study.messages.ts'
import type { StudyPlace } from './studyPlace.ts'
import { type StudyFacts, studyModel, studyRules } from './studyRules.ts'
import { timerHandlers } from './timer/timer.messages.ts'

export type StudyDeps = PlaceDeps & {
  readonly directory: Directory
  /** The SFU of this node. */
  readonly media: Media
  hashPassword(password: string): Promise<string>
  /** A secret nobody can guess: where a room's chance comes from. */
  randomSeed(): string
  readonly blocks: Pick<Blocks, 'between'>
  /** A message of a room's chat from storage, never behind what is committed; null if there is none. */
  loadMessage(roomId: string, number: number): Promise<ChatMessage | null>
}

/** What makes a room that does not exist yet. */
export type Founding = { readonly owner: { readonly userId: string; readonly name: string }; readonly facts: RoomFacts }

/** A study room: the place's machinery, the study model and rules, and the features' handlers. */
export const createStudyRoom = (deps: StudyDeps) =>
  class StudyRoom extends PlaceRoom<StudyState, StudyPlace, StudyFacts> {
    protected override readonly deps = deps
    protected override readonly model = studyModel
    protected override readonly rules = studyRules
    #media: RoomMedia | undefined

    protected override listen(handling: HandlerDeps<Turns<StudyPlace>>): void {
      const media = new RoomMedia({
        media: deps.media,
        room: this.roomId,
        turns: this.turns,
        tell: (session, event) => this.push(session, 'media.event', event),
      })
      this.#media = media
      const handlers: Handlers<StudyMessages, Turns<StudyPlace>> = {
        'clock.sync': async (_who, _payload, turns) => ({ now: turns.now() }),
        ...presenceHandlers(deps.presence),
        ...chatHandlers({
          loadMessage: (number) => deps.loadMessage(this.roomId, number),
          mayMention: (from, to) => !deps.blocks.between(from, to),
        }),
        ...timerHandlers,
        ...studyHandlers,
        ...attestHandlers,
        ...memberHandlers,
        ...handHandlers,
        ...screenHandlers,
        ...mediaHandlers(media),
        ...roomHandlers(deps),
      }
      register(this, studyMessages, handlers, handling)
    }

    protected override found(place: StudyPlace, { owner, facts }: Founding, at: Moment): Decision {
      return decideCreate(place, owner, facts, at)
    }

    protected override shown(place: StudyPlace): void {
      if (place.state.owner !== '') deps.directory.put(this.roomId, () => cardOf(place, this.turns.now()))
    }

    protected override committed(events: readonly Event[]): void {
      this.#media?.settle(events)
    }

    protected override parted(session: string): void {
      this.#media?.drop(session)
    }

    protected override hidden(): void {
      this.#media?.close()
      deps.directory.remove(this.roomId)
    }
  }

export type StudyActor = InstanceType<ReturnType<typeof createStudyRoom>>
