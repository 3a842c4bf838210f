import type { Handlers, Turns } from '#rooms/place/types.ts'
import type { attestMessages } from '#schemas/messages/study.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { decideAnswer } from './attest.rules.ts'

export const attestHandlers: Handlers<typeof attestMessages, Turns<StudyPlace>> = {
  'attest.answer': (who, payload, turns) => turns.command((place, at) => decideAnswer(place, who, payload, at)),
}
