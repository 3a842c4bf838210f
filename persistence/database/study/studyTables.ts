import type { StudyIntervalTable } from './studyIntervalTable.ts'

/** A projection of the intervals: one row per member and day with study (T6). Rebuilt, it is the same. */
export interface StudyDayTable {
  user_id: string
  /** yyyy-mm-dd */
  day: string
  total_ms: number
}

/** One row per member who ever studied. Writing it is what lets one writer at a time work out a member's days. */
export interface StudyMemberTable {
  user_id: string
  last_studied_at: number
}

/** Written at the first change of zone or day start, from then at each; who never changed has none: his profile says it. */
export interface StudyZoneTable {
  user_id: string
  since: number
  time_zone: string
  day_start_hour: number
}

export interface StudySettingTable {
  user_id: string
  daily_goal_ms: number
  weekly_goal_ms: number
  on_boards: number
}

export interface StudyTables {
  study_interval: StudyIntervalTable
  study_day: StudyDayTable
  study_member: StudyMemberTable
  study_zone: StudyZoneTable
  study_setting: StudySettingTable
}
