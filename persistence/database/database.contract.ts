import { describe } from 'vitest'
import { dialectContract } from './dialect.contract.ts'
import { emailCodesContract } from './emailCodes/emailCodes.contract.ts'
import { groupsContract } from './groups/groups.contract.ts'
import { inboxContract } from './inbox/inbox.contract.ts'
import type { OpenDatabase } from './openDatabase.ts'
import { passkeysContract } from './passkeys/passkeys.contract.ts'
import { peopleContract } from './people/people.contract.ts'
import { personalJobsContract } from './personalJobs/personalJobs.contract.ts'
import { acquaintancesContract } from './presence/acquaintances.contract.ts'
import { presenceRecordsContract } from './presence/presenceRecords.contract.ts'
import { profileContract } from './profile/profile.contract.ts'
import { roomsContract } from './rooms/rooms.contract.ts'
import { studyContract } from './study/study.contract.ts'

/** What every half of the database does alike: the repositories and the dialect module under them (DESIGN: one set of SQL). */
export function databaseContract(half: string, open: OpenDatabase): void {
  describe(`the database on ${half}`, () => {
    dialectContract(open)
    profileContract(open)
    emailCodesContract(open)
    passkeysContract(open)
    peopleContract(open)
    roomsContract(open)
    groupsContract(open)
    studyContract(open)
    presenceRecordsContract(open)
    acquaintancesContract(open)
    inboxContract(open)
    personalJobsContract(open)
  })
}
