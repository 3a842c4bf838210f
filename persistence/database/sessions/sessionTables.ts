import type { PersonalJobTable } from '../personalJobs/personalJobTable.ts'
import type { RecoveryCodeTable, SecondFactorTable } from '../secondFactor/secondFactorTables.ts'
import type { TokenFamilyTable } from './tokenFamilyTable.ts'

/** What we keep beside the accounts library's sessions. */
export interface SessionTables {
  token_family: TokenFamilyTable
  second_factor: SecondFactorTable
  recovery_code: RecoveryCodeTable
  personal_job: PersonalJobTable
}
