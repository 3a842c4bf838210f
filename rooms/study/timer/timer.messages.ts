import type { Handlers, Turns } from '#rooms/place/types.ts'
import type { timerMessages } from '#schemas/messages/study.ts'
import { studyHandlers } from '../study/study.messages.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { decidePause, decidePlan, decideResume, decideSkip, decideStart, decideStop } from './timer.rules.ts'

/** The shared timer and, in the same catalogue, the personal one. */
export const timerHandlers: Handlers<typeof timerMessages, Turns<StudyPlace>> = {
  ...studyHandlers,
  'timer.start': (who, { plan }, turns) => turns.command((place, at) => decideStart(place, who.userId, plan, at)),
  'timer.pause': (who, _payload, turns) => turns.command((place, at) => decidePause(place, who.userId, at)),
  'timer.resume': (who, _payload, turns) => turns.command((place, at) => decideResume(place, who.userId, at)),
  'timer.skip': (who, { index }, turns) => turns.command((place, at) => decideSkip(place, who.userId, index, at)),
  'timer.stop': (who, _payload, turns) => turns.command((place, at) => decideStop(place, who.userId, at)),
  'timer.plan': (who, { plan }, turns) => turns.command((place, at) => decidePlan(place, who.userId, plan, at)),
}
