import type { Handlers, Turns } from '#rooms/place/types.ts'
import type { timerMessages } from '#schemas/messages/study.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { decideSwitch } from './study.rules.ts'

export const studyHandlers: Pick<Handlers<typeof timerMessages, Turns<StudyPlace>>, 'study.start' | 'study.stop'> = {
  'study.start': (who, _payload, turns) => turns.command((place, at) => decideSwitch(place, who.userId, true, at)),
  'study.stop': (who, _payload, turns) => turns.command((place, at) => decideSwitch(place, who.userId, false, at)),
}
