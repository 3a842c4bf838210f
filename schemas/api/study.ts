import { z } from 'zod'
import { boardPeriods } from '../study/boardPeriods.ts'
import { isDay } from '../time/calendar.ts'

const ms = z.int()
/** yyyy-mm-dd, a day there is. */
export const dayName = z.string().refine(isDay, 'no such day')

/**
 * One day of the caller's, in his own zone and day start (T5). Intervals are merged and clipped to the day. After a change of
 * zone the day is shown as the newer zone has it, and longer where study of the older one lies before that.
 */
export const studyDay = z.object({
  /** The day's name in the user's calendar, yyyy-mm-dd of its start. */
  day: z.string(),
  dayStartsAt: ms,
  dayEndsAt: ms,
  totalMs: ms,
  intervals: z.array(z.object({ from: ms, to: ms })),
})
export type StudyDay = z.infer<typeof studyDay>
export const studyToday = studyDay
export type StudyToday = StudyDay

export const MOST_DAYS = 400
export const studyDaysQuery = z.object({ from: dayName, to: dayName })
/** Days without study are left out. */
export const studyDays = z.object({ days: z.array(z.object({ day: z.string(), totalMs: ms })) })
export type StudyDays = z.infer<typeof studyDays>

export const studySettings = z.object({
  /** 0: no goal. */
  dailyGoalMs: ms.min(0).max(24 * 3_600_000),
  weeklyGoalMs: ms.min(0).max(7 * 24 * 3_600_000),
  /** Whether others see the caller on leaderboards; he sees himself anyway. */
  onBoards: z.boolean(),
})
export type StudySettings = z.infer<typeof studySettings>
export const studySettingsChange = studySettings.partial()

/** The figures of the caller's study as of today. All of them are sums of his rows by day. */
export const studySummary = z.object({
  today: z.string(),
  todayMs: ms,
  week: z.object({ from: z.string(), totalMs: ms }),
  month: z.object({ from: z.string(), totalMs: ms, days: z.int() }),
  totalMs: ms,
  streak: z.object({
    length: z.int(),
    best: z.int(),
    freezes: z.int(),
    frozen: z.array(z.string()),
    today: z.boolean(),
  }),
  settings: studySettings,
})
export type StudySummary = z.infer<typeof studySummary>

/** Groups that have a leaderboard for the caller; that of his friends there is always. */
export const studyBoards = z.object({ groups: z.array(z.object({ id: z.string(), name: z.string() })) })
export type StudyBoards = z.infer<typeof studyBoards>
export const studyBoardQuery = z.object({
  period: z.enum(boardPeriods).default('week'),
  /** A day of the wanted period; the caller's today if absent. */
  on: dayName.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

const boardRow = z.object({
  rank: z.int(),
  user: z.object({ id: z.string(), name: z.string(), handle: z.string() }),
  totalMs: ms,
  me: z.boolean(),
})
export type BoardRow = z.infer<typeof boardRow>
/**
 * Who studied how much in a period, by each one's own days of these names. Equals share a rank. Whoever does not want to be
 * on boards is on nobody's but his own.
 */
export const studyBoard = z.object({
  period: z.enum(boardPeriods),
  from: z.string(),
  to: z.string(),
  rows: z.array(boardRow),
  /** The caller's own row, also where the page does not hold it; null while he has no study in the period. */
  mine: boardRow.nullable(),
  next: z.string().nullable(),
})
export type StudyBoard = z.infer<typeof studyBoard>
