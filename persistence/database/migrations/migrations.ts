import type { Migration } from 'kysely/migration'
import { accountSteps } from './accountSteps.ts'
import { groupSteps } from './groupSteps.ts'
import { passkeySteps } from './passkeySteps.ts'
import { peopleSteps } from './peopleSteps.ts'
import { presenceSteps } from './presenceSteps.ts'
import { profileSteps } from './profileSteps.ts'
import { readMarkerSteps } from './readMarkerSteps.ts'
import { roomSteps } from './roomSteps.ts'
import { sessionSteps } from './sessionSteps.ts'
import { studyDaySteps } from './studyDaySteps.ts'
import { studySteps } from './studySteps.ts'

/** All steps; they run in the order of their names and never change once released. */
export const migrations: Readonly<Record<string, Migration>> = {
  ...roomSteps,
  ...readMarkerSteps,
  ...studySteps,
  ...profileSteps,
  ...accountSteps,
  ...peopleSteps,
  ...groupSteps,
  ...sessionSteps,
  ...studyDaySteps,
  ...presenceSteps,
  ...passkeySteps,
}
