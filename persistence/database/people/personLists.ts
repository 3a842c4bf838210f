import { type RawBuilder, sql } from 'kysely'
import { type Cursor, pageOf } from '../cursor.ts'
import type { Db } from '../database.ts'
import { type Profile, profileOf } from '../profile/profile.ts'
import type { ProfileRow } from '../profile/profileTable.ts'

export type PersonPage = { readonly people: readonly Profile[]; readonly next: string | null }
export type PageOf = { readonly after: Cursor | null; readonly limit: number }

/** No block stands between the viewer and the profile `p`, in neither direction. */
export const unblocked = (viewer: string): RawBuilder<boolean> =>
  sql<boolean>`not exists (select 1 from block as b where (b.user_id = ${viewer} and b.blocked_id = p.user_id)
    or (b.user_id = p.user_id and b.blocked_id = ${viewer}))`

/** The friendships of a user as (other, at), in one state. */
function friendshipsOf(user: string, is: 'friends' | 'in' | 'out'): RawBuilder<unknown> {
  const state =
    is === 'friends'
      ? sql`friends = 1`
      : is === 'out'
        ? sql`friends = 0 and asked_by = ${user}`
        : sql`friends = 0 and asked_by <> ${user}`
  return sql`select high_id as other, at from friendship where low_id = ${user} and ${state}
    union all select low_id as other, at from friendship where high_id = ${user} and ${state}`
}

/** One page of the people a list names, newest first, without those the viewer must not see. */
async function page(
  db: Db,
  viewer: string,
  list: RawBuilder<unknown>,
  { after, limit }: PageOf,
  seen: RawBuilder<boolean> = unblocked(viewer),
): Promise<PersonPage> {
  const from = after ? sql`and (l.at, p.user_id) < (${after.value}, ${after.id})` : sql``
  const { rows: found } = await sql<ProfileRow & { listed_at: number }>`
    select p.*, l.at as listed_at from (${list}) as l inner join profile as p on p.user_id = l.other
    where ${seen} ${from} order by l.at desc, p.user_id desc limit ${limit + 1}`.execute(db)
  const { rows, next } = pageOf(found, limit, (row) => ({ value: Number(row.listed_at), id: row.user_id }))
  return { people: rows.map(profileOf), next }
}

export const friendsPage = (db: Db, user: string, which: PageOf) =>
  page(db, user, friendshipsOf(user, 'friends'), which)

/** Open requests: `in` those that wait for the user's answer, `out` his own. */
export const requestsPage = (db: Db, user: string, side: 'in' | 'out', which: PageOf) =>
  page(db, user, friendshipsOf(user, side), which)

/** Who follows `user`, as far as the viewer may see them. */
export const followersPage = (db: Db, viewer: string, user: string, which: PageOf) =>
  page(db, viewer, sql`select follower_id as other, at from follow where followed_id = ${user}`, which)

/** Whom `user` follows, as far as the viewer may see them. */
export const followingPage = (db: Db, viewer: string, user: string, which: PageOf) =>
  page(db, viewer, sql`select followed_id as other, at from follow where follower_id = ${user}`, which)

/** Whom the user has blocked; nobody else's list. */
export const blockedPage = (db: Db, user: string, which: PageOf) =>
  page(db, user, sql`select blocked_id as other, at from block where user_id = ${user}`, which, sql<boolean>`1 = 1`)

export async function blockedBy(db: Db, user: string): Promise<string[]> {
  const rows = await db.selectFrom('block').select('blocked_id').where('user_id', '=', user).execute()
  return rows.map((row) => row.blocked_id)
}

export type Counts = Readonly<
  Record<'friends' | 'incoming' | 'outgoing' | 'followers' | 'following' | 'blocked', number>
>

export async function countsOf(db: Db, user: string): Promise<Counts> {
  const count = (from: RawBuilder<unknown>) => sql<number>`(select count(*) from (${from}) as t)`
  const { rows } = await sql<Counts>`select
    ${count(friendshipsOf(user, 'friends'))} as friends,
    ${count(friendshipsOf(user, 'in'))} as incoming,
    ${count(friendshipsOf(user, 'out'))} as outgoing,
    ${count(sql`select 1 from follow where followed_id = ${user}`)} as followers,
    ${count(sql`select 1 from follow where follower_id = ${user}`)} as following,
    ${count(sql`select 1 from block where user_id = ${user}`)} as blocked`.execute(db)
  const { friends = 0, incoming = 0, outgoing = 0, followers = 0, following = 0, blocked = 0 } = rows[0] ?? {}
  return {
    ...{ friends: Number(friends), incoming: Number(incoming), outgoing: Number(outgoing) },
    ...{ followers: Number(followers), following: Number(following), blocked: Number(blocked) },
  }
}
