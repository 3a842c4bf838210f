import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { standingOf } from '#persistence/database/people/changePair.ts'
import { peopleOf } from '#persistence/database/people/peopleOf.ts'
import { countsOf } from '#persistence/database/people/personLists.ts'
import { profileById, profilesByIds } from '#persistence/database/profile/findProfiles.ts'
import type { PersonCard } from '#schemas/api/people.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { personView } from './personView.ts'

const MUTUAL_SHOWN = 5

export type CardDeps = {
  readonly db: Kysely<Database>
  now(): Promise<number>
  /** Today's study of a user in his own day, null if he does not share it. */
  studiedToday(userId: string): Promise<number | null>
}

/** Somebody's card as the caller may see it; `not_found` also for whoever has blocked the caller (A6). */
export async function personCard(deps: CardDeps, me: string, other: string): Promise<PersonCard | Refusal> {
  const { db } = deps
  const [profile, standing, now] = await Promise.all([profileById(db, other), standingOf(db, me, other), deps.now()])
  if (!profile || standing.blocksMe) return refuse('not_found')
  const { id, name, handle, image, status, standing: shown } = personView(profile, standing, now)
  const isMe = me === other
  const bare = { isMe, blocked: standing.blocked, id, name, handle, image, standing: shown }
  if (standing.blocked) return { ...bare, ...NOTHING }
  const [{ followers, following }, mutual, studiedTodayMs] = await Promise.all([
    countsOf(db, other),
    isMe ? NOTHING.mutual : mutualFriends(db, me, other),
    isMe || shown.friendship === 'friends' ? deps.studiedToday(other) : null,
  ])
  return { ...bare, status, bio: profile.bio, url: profile.url, followers, following, mutual, studiedTodayMs }
}

const NOTHING = {
  ...{ status: null, bio: '', url: null, followers: 0, following: 0, studiedTodayMs: null },
  mutual: { count: 0, people: [] },
}

async function mutualFriends(db: Kysely<Database>, me: string, other: string): Promise<PersonCard['mutual']> {
  const people = peopleOf(db)
  const [mine, theirs] = await Promise.all([people.friendsOf(me), people.friendsOf(other)])
  const both = new Set(mine).intersection(new Set(theirs))
  const shown = [...both].sort().slice(0, MUTUAL_SHOWN)
  const profiles = await profilesByIds(db, shown)
  return {
    count: both.size,
    people: shown.flatMap((id) => {
      const profile = profiles.get(id)
      return profile ? [{ id, name: profile.name, image: profile.image }] : []
    }),
  }
}
