import type { Transaction } from 'kysely'
import type { ZoneSince, Zones } from '#schemas/time/ownDays.ts'
import type { Database, Db } from '../database.ts'
import { insertRows, lockRows, upsert } from '../dialect.ts'
import { prepared } from '../prepared.ts'
import { lockStudy } from './lockStudy.ts'
import { recomputeSince } from './recomputeDays.ts'

type OwnDay = { readonly timeZone: string; readonly dayStartHour: number }

/** For who has no profile any more. */
const DEFAULT: OwnDay = { timeZone: 'UTC', dayStartHour: 5 }

const changesOf = prepared((db: Db, users: readonly string[]) =>
  db.selectFrom('study_zone').selectAll().where('user_id', 'in', users).orderBy('since'),
)
const profilesOf = prepared((db: Db, users: readonly string[]) =>
  db.selectFrom('profile').select(['user_id', 'time_zone', 'day_start_hour']).where('user_id', 'in', users),
)

/** The zones each of the users has lived in; an entry for every one, at most 1,000 at once. */
export async function zonesOf(db: Db, users: readonly string[]): Promise<ReadonlyMap<string, Zones>> {
  if (users.length === 0) return new Map()
  const [changes, profiles] = await Promise.all([changesOf(db, users), profilesOf(db, users)])
  const byUser = Map.groupBy(changes, (row) => row.user_id)
  const own = new Map(profiles.map((row) => [row.user_id, row]))
  return new Map(
    users.map((user) => {
      const [first = own.get(user), ...more] = byUser.get(user) ?? []
      return [user, [first ? zoneSince(first) : { since: 0, ...DEFAULT }, ...more.map(zoneSince)]]
    }),
  )
}

/** Stands before every entry into a room: one question for the profile and what was before it. */
const ownZones = prepared((db: Db, user: string) =>
  db
    .selectFrom('profile as p')
    .leftJoin('study_zone as z', 'z.user_id', 'p.user_id')
    .select(['p.time_zone as now_zone', 'p.day_start_hour as now_hour', 'z.since', 'z.time_zone', 'z.day_start_hour'])
    .where('p.user_id', '=', user)
    .orderBy('z.since'),
)

export async function zonesOfUser(db: Db, user: string): Promise<Zones> {
  const [first, ...more] = await ownZones(db, user)
  // Who has no profile any more may have lived in zones all the same.
  if (!first) return (await zonesOf(db, [user])).get(user) ?? [{ since: 0, ...DEFAULT }]
  const zoneOf = ({ now_zone, now_hour, since, time_zone, day_start_hour }: typeof first): ZoneSince => ({
    since: since ?? 0,
    timeZone: time_zone ?? now_zone,
    dayStartHour: day_start_hour ?? now_hour,
  })
  return [zoneOf(first), ...more.map(zoneOf)]
}

const zoneSince = (row: { since?: number; time_zone: string; day_start_hour: number }): ZoneSince => ({
  since: row.since ?? 0,
  timeZone: row.time_zone,
  dayStartHour: row.day_start_hour,
})

/**
 * Remembers that a user's zone or day start is another from `at` on. What he studied before stays on its days; rows of days
 * that were already booked beyond `at` are worked out anew.
 */
async function rememberZone(
  trx: Transaction<Database>,
  user: string,
  before: OwnDay,
  after: OwnDay,
  at: number,
): Promise<void> {
  await lockStudy(trx, [{ user, lastStudiedAt: 0 }])
  const known = await trx
    .selectFrom('study_zone')
    .select('since')
    .where('user_id', '=', user)
    .orderBy('since', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!known) await insertRows(trx, 'study_zone', [rowOf(user, 0, before)])
  const old = await zonesOfUser(trx, user)
  // A clock that was set back must not put a change before the one it follows.
  const since = Math.max(at, known?.since ?? 0)
  await upsert(trx, 'study_zone', [rowOf(user, since, after)], {
    keys: ['user_id', 'since'],
    set: ['time_zone', 'day_start_hour'],
  })
  await recomputeSince(trx, user, since, [old, await zonesOfUser(trx, user)])
}

/** To be called before a profile changes: if zone or day start will be another, what holds so far is remembered (T5). */
export async function keepZone(
  trx: Transaction<Database>,
  user: string,
  change: { readonly timeZone?: string | undefined; readonly dayStartHour?: number | undefined },
  at: number,
): Promise<void> {
  if (change.timeZone === undefined && change.dayStartHour === undefined) return
  const query = trx.selectFrom('profile').select(['time_zone', 'day_start_hour']).where('user_id', '=', user)
  const row = await lockRows(trx, query).executeTakeFirst()
  if (!row) return
  const before = { timeZone: row.time_zone, dayStartHour: row.day_start_hour }
  const after = {
    timeZone: change.timeZone ?? before.timeZone,
    dayStartHour: change.dayStartHour ?? before.dayStartHour,
  }
  if (after.timeZone === before.timeZone && after.dayStartHour === before.dayStartHour) return
  await rememberZone(trx, user, before, after, at)
}

const rowOf = (user: string, since: number, { timeZone, dayStartHour }: OwnDay) => ({
  user_id: user,
  since,
  time_zone: timeZone,
  day_start_hour: dayStartHour,
})
