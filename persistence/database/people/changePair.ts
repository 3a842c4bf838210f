import type { Kysely } from 'kysely'
import type { Database, Db } from '../database.ts'
import { insertIfAbsent, lockRows, upsert } from '../dialect.ts'
import { inTransaction } from '../inTransaction.ts'
import { pairOf } from './pair.ts'

/** How two people stand to each other, seen by one of them. */
export type Standing = {
  readonly friendship: 'none' | 'asked' | 'asksMe' | 'friends'
  readonly follows: boolean
  readonly followsMe: boolean
  readonly blocked: boolean
  readonly blocksMe: boolean
}

/** What is to be different afterwards; what is absent stays. */
export type StandingChange = {
  /** `asked`: by me. */
  readonly friendship?: 'none' | 'asked' | 'friends'
  readonly follows?: boolean
  readonly followsMe?: false
  readonly blocked?: boolean
}

/** The standing between a user and each of the others, as `me` sees it. */
export async function standingsOf(db: Db, me: string, others: readonly string[]): Promise<(other: string) => Standing> {
  const ids = [...others]
  if (ids.length === 0) return () => STRANGERS
  const [friendships, follows, blocks] = await Promise.all([
    db
      .selectFrom('friendship')
      .selectAll()
      .where((e) =>
        e.or([
          e.and([e('low_id', '=', me), e('high_id', 'in', ids)]),
          e.and([e('high_id', '=', me), e('low_id', 'in', ids)]),
        ]),
      )
      .execute(),
    db
      .selectFrom('follow')
      .select(['follower_id as from', 'followed_id as to'])
      .where((e) =>
        e.or([
          e.and([e('follower_id', '=', me), e('followed_id', 'in', ids)]),
          e.and([e('followed_id', '=', me), e('follower_id', 'in', ids)]),
        ]),
      )
      .execute(),
    db
      .selectFrom('block')
      .select(['user_id as from', 'blocked_id as to'])
      .where((e) =>
        e.or([
          e.and([e('user_id', '=', me), e('blocked_id', 'in', ids)]),
          e.and([e('blocked_id', '=', me), e('user_id', 'in', ids)]),
        ]),
      )
      .execute(),
  ])
  const befriended = new Map(friendships.map((row) => [row.low_id === me ? row.high_id : row.low_id, row]))
  const has = (arrows: readonly { from: string; to: string }[], from: string, to: string) =>
    arrows.some((arrow) => arrow.from === from && arrow.to === to)
  return (other) => {
    const row = befriended.get(other)
    return {
      friendship: !row ? 'none' : row.friends === 1 ? 'friends' : row.asked_by === me ? 'asked' : 'asksMe',
      follows: has(follows, me, other),
      followsMe: has(follows, other, me),
      blocked: has(blocks, me, other),
      blocksMe: has(blocks, other, me),
    }
  }
}

export async function standingOf(db: Db, me: string, other: string): Promise<Standing> {
  return (await standingsOf(db, me, [other]))(other)
}

const STRANGERS: Standing = {
  ...{ friendship: 'none', follows: false, followsMe: false, blocked: false, blocksMe: false },
}

/**
 * Decides on the standing of two people and changes it, as one step: both profiles are locked in the order of their ids, so
 * that of several changes between the same two each sees the one before. `absent`: one of them has no profile any more.
 */
export async function changePair<R>(
  db: Kysely<Database>,
  { me, other, at }: { me: string; other: string; at: number },
  decide: (standing: Standing) => { readonly change: StandingChange; readonly answer: R },
): Promise<R | 'absent'> {
  return inTransaction(db, async (trx) => {
    const both = await lockRows(
      trx,
      trx.selectFrom('profile').select('user_id').where('user_id', 'in', [me, other]).orderBy('user_id'),
    ).execute()
    if (both.length < 2) return 'absent'
    const { change, answer } = decide(await standingOf(trx, me, other))
    await write(trx, { me, other, at }, change)
    return answer
  })
}

async function write(db: Db, { me, other, at }: { me: string; other: string; at: number }, change: StandingChange) {
  const { friendship, follows, followsMe, blocked } = change
  const [low_id, high_id] = pairOf(me, other)
  if (friendship === 'none')
    await db.deleteFrom('friendship').where('low_id', '=', low_id).where('high_id', '=', high_id).execute()
  else if (friendship === 'asked')
    await insertIfAbsent(db, 'friendship', { low_id, high_id, asked_by: me, friends: 0, at })
  else if (friendship === 'friends')
    await upsert(db, 'friendship', [{ low_id, high_id, asked_by: other, friends: 1, at }], {
      keys: ['low_id', 'high_id'],
      set: ['friends', 'at'],
    })
  const unfollow = (from: string, to: string) =>
    db.deleteFrom('follow').where('follower_id', '=', from).where('followed_id', '=', to).execute()
  if (follows === true) await insertIfAbsent(db, 'follow', { follower_id: me, followed_id: other, at })
  if (follows === false) await unfollow(me, other)
  if (followsMe === false) await unfollow(other, me)
  if (blocked === true) await insertIfAbsent(db, 'block', { user_id: me, blocked_id: other, at })
  if (blocked === false)
    await db.deleteFrom('block').where('user_id', '=', me).where('blocked_id', '=', other).execute()
}
