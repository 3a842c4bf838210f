import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { bookIntervals } from '#persistence/database/study/bookIntervals.ts'
import { addDays } from '#schemas/time/calendar.ts'
import { cast } from './cast.ts'
import { studyOn } from './studyOn.ts'

const YEAR = 366

/**
 * Books a year of study up to `now`, by the repository that the read model uses. What is booked already stays: intervals have
 * names of their own, so that a later start adds the days since.
 */
export async function seedStudy(db: Kysely<Database>, users: readonly string[], now: number): Promise<void> {
  // One day further than the calendar of the west of the world; what is still to come is cut off.
  const last = new Date(now + 86_400_000).toISOString().slice(0, 10)
  const booked = await db
    .selectFrom('study_day')
    .select(({ fn }) => fn.max<string | null>('day').as('day'))
    .executeTakeFirst()
  const from = booked?.day ? addDays(booked.day, -2) : addDays(last, -YEAR)
  for (let day = from; day <= last; day = addDays(day, 1))
    await bookIntervals(
      db,
      cast.flatMap((player) =>
        studyOn(player, day)
          .filter((interval) => interval.from < now)
          .map((interval, i) => ({
            id: `demo.${player.index}.${day}.${i}`,
            user_id: users[player.index] ?? '',
            room_id: 'demo',
            started_at: interval.from,
            ended_at: Math.min(interval.to, now),
          })),
      ),
    )
}
