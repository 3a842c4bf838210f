import type { DatabaseSync } from 'node:sqlite'
import type { UserPlace } from '../../ports/ledger.ts'

/** Who sits where, and the user's two counters (I1, I13). */
export function userProcedures(db: DatabaseSync) {
  // Nobody's row carries the counter of all; files of earlier releases counted for each user.
  db.exec(`insert or ignore into users select '', coalesce(max(entry), 0), 0 from users`)
  const reserve = db.prepare("update users set entry = entry + ? where user = '' returning entry as n")
  const bump = db.prepare(
    'insert into users values (?, 0, 1) on conflict do update set inbox = inbox + 1 returning inbox as n',
  )
  const inbox = db.prepare('select inbox as n from users where user = ?')
  const get = db.prepare('select * from user_places where user = ?')
  const take = db.prepare('insert or replace into user_places values (?, ?, ?, ?, ?, ?)')
  const leave = db.prepare('delete from user_places where user = ? and session = ?')
  const holder = (user: string) => get.get(user) as UserPlace | undefined

  return {
    /** Sets numbers above all handed out before aside for good; answers the first of them. */
    reserveEntries: (count: number): number => (reserve.get(count) as { n: number }).n - count + 1,
    takePlace(claim: UserPlace): { taken: true; before: UserPlace | null } | { taken: false; holder: UserPlace } {
      const before = holder(claim.user)
      const same = before?.session === claim.session
      if (before && !same && claim.entry <= before.entry) return { taken: false, holder: before }
      take.run(claim.user, claim.place, claim.session, claim.device, claim.entry, claim.node)
      return { taken: true, before: same ? null : (before ?? null) }
    },
    leavePlace: (user: string, session: string): boolean => Number(leave.run(user, session).changes) > 0,
    placesOf: (users: readonly string[]): UserPlace[] => users.map(holder).filter((place) => place !== undefined),
    bumpInbox: (user: string): number => (bump.get(user) as { n: number }).n,
    inboxVersions: (users: readonly string[]): [string, number][] =>
      users.map((user) => [user, (inbox.get(user) as { n: number } | undefined)?.n ?? 0]),
  }
}
