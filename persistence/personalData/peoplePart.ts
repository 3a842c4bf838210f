import { removePerson } from '../database/people/removePerson.ts'
import type { PersonalPart } from '../ports/personalData.ts'
import { pages } from './pages.ts'
import type { PersonalDeps } from './parts.ts'

/** Friends and requests, whom he follows and blocks. Who follows or blocks him is theirs, and stays out of the export. */
export const peoplePart = ({ db }: Pick<PersonalDeps, 'db'>): PersonalPart => ({
  name: 'people',
  async *export(user) {
    const friendships = await db
      .selectFrom('friendship')
      .selectAll()
      .where((e) => e.or([e('low_id', '=', user), e('high_id', '=', user)]))
      .execute()
    const json = friendships.map(({ low_id, high_id, asked_by, friends, at }) => {
      const state = friends === 1 ? 'friends' : asked_by === user ? 'asked' : 'asksMe'
      return { userId: low_id === user ? high_id : low_id, state, at }
    })
    yield { name: 'friends.json', json }
    const follows = pages(
      async (after: string | null, limit) =>
        db
          .selectFrom('follow')
          .select(['followed_id as userId', 'at'])
          .where('follower_id', '=', user)
          .where('followed_id', '>', after ?? '')
          .orderBy('followed_id')
          .limit(limit)
          .execute(),
      (row) => row.userId,
    )
    yield { name: 'following.json', rows: follows }
    const blocks = pages(
      async (after: string | null, limit) =>
        db
          .selectFrom('block')
          .select(['blocked_id as userId', 'at'])
          .where('user_id', '=', user)
          .where('blocked_id', '>', after ?? '')
          .orderBy('blocked_id')
          .limit(limit)
          .execute(),
      (row) => row.userId,
    )
    yield { name: 'blocked.json', rows: blocks }
  },
  erase: (user) => removePerson(db, user),
})
