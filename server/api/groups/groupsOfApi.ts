import { peopleOf } from '#persistence/database/people/peopleOf.ts'
import type { GroupsDeps } from '#server/groups/groupsDeps.ts'
import type { ApiDeps } from '../apiDeps.ts'

/** What the groups' service needs, out of what every resource has. */
export const groupsDepsOf = ({
  db,
  ledger,
  blobs,
  places,
  log,
  groupsPerPerson,
}: Pick<ApiDeps, 'db' | 'ledger' | 'blobs' | 'places' | 'log' | 'groupsPerPerson'>): GroupsDeps => ({
  ...{ db, ledger, blobs, places, log },
  people: peopleOf(db),
  maxGroups: groupsPerPerson,
})
