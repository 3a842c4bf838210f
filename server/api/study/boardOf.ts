import type { z } from 'zod'
import { decodeCursor, pageOf } from '#persistence/database/cursor.ts'
import type { Db } from '#persistence/database/database.ts'
import { profilesByIds } from '#persistence/database/profile/findProfiles.ts'
import { totalsBetween } from '#persistence/database/study/studyDays.ts'
import { offBoards } from '#persistence/database/study/studySettings.ts'
import { zonesOfUser } from '#persistence/database/study/zones.ts'
import type { BoardRow, StudyBoard, studyBoardQuery } from '#schemas/api/study.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { BoardPeriod } from '#schemas/study/boardPeriods.ts'
import { type Ranked, ranked } from '#schemas/study/ranking.ts'
import { addDays, monthEndOf, monthStartOf, weekStartOf } from '#schemas/time/calendar.ts'
import { dayAt } from '#schemas/time/ownDays.ts'

/** Questions to the database name at most so many users. */
const AT_ONCE = 1000

/**
 * A page of the board of `viewer` among `others`, who may hold him or not. Each one's days are his own: a date compares the
 * same date of everybody's calendar, in whatever zone. Who is off boards is left out, the viewer himself excepted.
 */
export async function boardOf(
  db: Db,
  viewer: string,
  others: readonly string[],
  query: z.output<typeof studyBoardQuery>,
  now: number,
): Promise<StudyBoard | Refusal> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor)
  if (query.cursor !== undefined && after === null) return refuse('invalid', { in: 'query', fields: ['cursor'] })
  const on = query.on ?? dayAt(await zonesOfUser(db, viewer), now).day
  const { from, to } = periodOf(query.period, on)
  const totals = new Map<string, number>()
  const users = [...new Set([viewer, ...others])]
  for (let i = 0; i < users.length; i += AT_ONCE) {
    const some = users.slice(i, i + AT_ONCE)
    const [studied, hidden] = await Promise.all([totalsBetween(db, some, from, to), offBoards(db, some)])
    for (const [user, total] of studied)
      if (total > 0 && (user === viewer || !hidden.has(user))) totals.set(user, total)
  }
  const board = ranked([...totals].map(([id, value]) => ({ id, value })))
  const left = after
    ? board.filter(({ id, value }) => value < after.value || (value === after.value && id > after.id))
    : board
  const { rows, next } = pageOf(left.slice(0, query.limit + 1), query.limit, ({ id, value }) => ({ id, value }))
  const own = board.find(({ id }) => id === viewer)
  const profiles = await profilesByIds(db, [...rows.map(({ id }) => id), viewer])
  const shown = ({ id, value, rank }: Ranked<{ id: string; value: number }>): BoardRow[] => {
    const profile = profiles.get(id)
    // An account that is being deleted has no name any more, and is nobody's to show.
    if (!profile) return []
    return [{ rank, user: { id, name: profile.name, handle: profile.handle }, totalMs: value, me: id === viewer }]
  }
  return { period: query.period, from, to, rows: rows.flatMap(shown), mine: own ? (shown(own)[0] ?? null) : null, next }
}

function periodOf(period: BoardPeriod, day: string): { from: string; to: string } {
  switch (period) {
    case 'day':
      return { from: day, to: day }
    case 'week':
      return { from: weekStartOf(day), to: addDays(weekStartOf(day), 6) }
    case 'month':
      return { from: monthStartOf(day), to: monthEndOf(day) }
    default:
      return period satisfies never
  }
}
