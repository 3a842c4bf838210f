import type {
  StudyBoard,
  StudyBoards,
  StudyDay,
  StudyDays,
  StudySettings,
  StudySummary,
  StudyToday,
} from '#schemas/api/study.ts'
import type { Refusal } from '#schemas/refusals.ts'
import type { BoardPeriod } from '#schemas/study/boardPeriods.ts'
import type { StudyHub } from './types.ts'

type Hub = Pick<StudyHub, 'api'>

export const studyToday = ({ api }: Hub): Promise<StudyToday | Refusal> => api.get('/api/study/today')

/** Sums, streak and goals. */
export const studySummary = ({ api }: Hub): Promise<StudySummary | Refusal> => api.get('/api/study/summary')

/** Sums of the days from `from` to `to`, both included, by the name of the day (2026-01-31). */
export const studyDays = ({ api }: Hub, from: string, to: string): Promise<StudyDays | Refusal> =>
  api.get('/api/study/days', { from, to })

/** One day with its intervals. */
export const studyDay = ({ api }: Hub, day: string): Promise<StudyDay | Refusal> => api.get(`/api/study/days/${day}`)

export const changeStudySettings = ({ api }: Hub, change: Partial<StudySettings>): Promise<StudySettings | Refusal> =>
  api.send('PATCH', '/api/study/settings', change)

/** The groups whose leaderboards one may see. */
export const studyBoards = ({ api }: Hub): Promise<StudyBoards | Refusal> => api.get('/api/study/boards')

/** A page of a leaderboard: of a group, or with null of one's friends. */
export const studyBoard = (
  { api }: Hub,
  group: string | null,
  period: BoardPeriod,
  cursor: string | undefined,
): Promise<StudyBoard | Refusal> =>
  api.get(`/api/study/boards/${group === null ? 'friends' : `groups/${encodeURIComponent(group)}`}`, { period, cursor })
