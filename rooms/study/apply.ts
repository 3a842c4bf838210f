import type { Event, EventType } from '#schemas/events/catalogue.ts'
import { attestAppliers } from './attest/attest.apply.ts'
import { chatAppliers } from './chat/chat.apply.ts'
import { handAppliers } from './hands/hands.apply.ts'
import { mediaAppliers } from './media/media.apply.ts'
import { memberAppliers } from './members/members.apply.ts'
import { moderationAppliers } from './moderation/moderation.apply.ts'
import { roomAppliers } from './room/room.apply.ts'
import { screenAppliers } from './screen/screen.apply.ts'
import { stageAppliers } from './stage/stage.apply.ts'
import { studyAppliers } from './study/study.apply.ts'
import type { Appliers, StudyPlace } from './studyPlace.ts'
import { timerAppliers } from './timer/timer.apply.ts'

/** One applier for every event type there is: one that is missing does not compile. */
const appliers: Appliers<EventType> = {
  ...roomAppliers,
  ...memberAppliers,
  ...moderationAppliers,
  ...studyAppliers,
  ...timerAppliers,
  ...stageAppliers,
  ...mediaAppliers,
  ...attestAppliers,
  ...handAppliers,
  ...screenAppliers,
  ...chatAppliers,
}

/** Changes a place in place by a committed event (or one about to be committed in this turn). Never refuses. */
export function applyStudy(place: StudyPlace, event: Event): void {
  // The table gives each type its own applier; TypeScript does not follow that through an index.
  const apply = appliers[event.type] as (place: StudyPlace, event: Event) => void
  apply(place, event)
}
