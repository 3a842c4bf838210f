import type { Handlers, Turns } from '#rooms/place/types.ts'
import type { handMessages } from '#schemas/messages/study.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { decideLower, decideRaise } from './hands.rules.ts'

export const handHandlers: Handlers<typeof handMessages, Turns<StudyPlace>> = {
  'hand.raise': (who, payload, turns) => turns.command((place, at) => decideRaise(place, who, payload, at)),
  'hand.lower': (who, payload, turns) => turns.command((place, at) => decideLower(place, who, payload, at)),
}
