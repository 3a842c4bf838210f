import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { changePair, type Standing, standingOf } from '#persistence/database/people/changePair.ts'
import { countsOf } from '#persistence/database/people/personLists.ts'
import type { Places } from '#rooms/places.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import { decidePeople, type PeopleCommand } from './people.rules.ts'

export type ActDeps = {
  readonly db: Kysely<Database>
  readonly places: Pick<Places, 'tell' | 'presence' | 'blocksChanged'>
  /** Milliseconds. */
  now(): Promise<number>
  /** What the other side was told in vain; it is kept in the lists all the same. */
  untold(error: unknown): void
}

/**
 * Does what `me` asks of another person, and answers how they stand then. What follows for others (the hint to the other
 * side, presence, blocks in live rooms) comes after the commit.
 */
export async function actOn(
  deps: ActDeps,
  me: { readonly userId: string; readonly name: string; readonly handle: string },
  other: string,
  command: PeopleCommand,
): Promise<Standing | Refusal> {
  if (other === me.userId) return refuse('is_self')
  const { db, places } = deps
  // The bounds are read before: a few more than the bound, in a race, harm nobody.
  const [mine, theirs, at] = await Promise.all([countsOf(db, me.userId), countsOf(db, other), deps.now()])
  const load = { myFriends: mine.friends, theirFriends: theirs.friends, asked: mine.outgoing }
  const decided = await changePair(db, { me: me.userId, other, at }, (standing) => {
    const answer = decidePeople(standing, command, load)
    return { change: isRefusal(answer) ? {} : answer.change, answer }
  })
  if (decided === 'absent') return refuse('not_found')
  if (isRefusal(decided)) return decided
  const { change, tell } = decided
  if (change.blocked !== undefined) await places.blocksChanged([me.userId, other])
  if (change.blocked !== undefined || change.friendship === 'friends' || change.friendship === 'none')
    await places.presence.relationsChanged([me.userId, other])
  if (tell) {
    const kind = tell === 'asked' ? 'friendAsked' : 'friendAccepted'
    await places.tell(other, { kind, by: me.userId, byName: me.name, byHandle: me.handle }).catch(deps.untold)
  }
  return standingOf(db, me.userId, other)
}
