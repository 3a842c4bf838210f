import type { PersonalJobTable } from '../personalJobs/personalJobTable.ts'
import type { TokenFamilyTable } from './tokenFamilyTable.ts'

/** What we keep beside the accounts library's sessions. */
export interface SessionTables {
  token_family: TokenFamilyTable
  personal_job: PersonalJobTable
}
