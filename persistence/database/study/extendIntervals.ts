import type { Db } from '../database.ts'
import { upsert } from '../dialect.ts'
import type { StudyIntervalRow } from './studyIntervalTable.ts'

/** New intervals are kept, known ones only ever grow: older news and repeats change nothing (I6). */
export async function extendIntervals(db: Db, intervals: readonly StudyIntervalRow[]): Promise<void> {
  await upsert(db, 'study_interval', intervals, { keys: ['id'], set: ['ended_at'], newer: 'ended_at' })
}
