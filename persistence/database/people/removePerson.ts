import type { Db } from '../database.ts'

/** The user's account is gone: so are his friendships, follows and blocks, both ways. */
export async function removePerson(db: Db, user: string): Promise<void> {
  await db
    .deleteFrom('friendship')
    .where((e) => e.or([e('low_id', '=', user), e('high_id', '=', user)]))
    .execute()
  await db
    .deleteFrom('follow')
    .where((e) => e.or([e('follower_id', '=', user), e('followed_id', '=', user)]))
    .execute()
  await db
    .deleteFrom('block')
    .where((e) => e.or([e('user_id', '=', user), e('blocked_id', '=', user)]))
    .execute()
}
