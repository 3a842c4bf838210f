import type { Handlers, Turns } from '#rooms/place/types.ts'
import type { memberMessages } from '#schemas/messages/study.ts'
import { moderationHandlers } from '../moderation/moderation.messages.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { decideModerator, decideStatus } from './members.rules.ts'

/** Members and, in the same catalogue, moderation. */
export const memberHandlers: Handlers<typeof memberMessages, Turns<StudyPlace>> = {
  ...moderationHandlers,
  'member.setStatus': (who, { status }, turns) =>
    turns.command((place, at) => decideStatus(place, who.userId, status, at)),
  'member.setModerator': (who, { userId, on }, turns) =>
    turns.command((place, at) => decideModerator(place, who.userId, userId, on, at)),
}
