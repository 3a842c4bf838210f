import type { Handlers, Turns } from '#rooms/place/types.ts'
import type { screenMessages } from '#schemas/messages/study.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { decideClaim, decideHandOver, decideRelease, decideRequest, decideTakeOver } from './screen.rules.ts'

export const screenHandlers: Handlers<typeof screenMessages, Turns<StudyPlace>> = {
  'screen.claim': (who, payload, turns) => turns.command((place, at) => decideClaim(place, who, payload, at)),
  'screen.release': (who, payload, turns) => turns.command((place, at) => decideRelease(place, who, payload, at)),
  'screen.request': (who, payload, turns) => turns.command((place, at) => decideRequest(place, who, payload, at)),
  'screen.handOver': (who, payload, turns) => turns.command((place, at) => decideHandOver(place, who, payload, at)),
  'screen.takeOver': (who, payload, turns) => turns.command((place, at) => decideTakeOver(place, who, payload, at)),
}
