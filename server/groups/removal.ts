import { roomIdsOf } from '#persistence/database/groups/groupRooms.ts'
import { roleIn } from '#persistence/database/groups/members.ts'
import { groupMemberships } from '#persistence/database/groups/memberships.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import type { GroupsDeps, PartingDeps } from './groupsDeps.ts'
import { type Held, inGroup } from './inGroup.ts'
import { scopeOf } from './removedScope.ts'

/** Longer than any seat that was given out before (15 s) and any page's patience. */
const MARK_MS = 60_000

/** Whose presence is asked anew. */
type Seers = Pick<GroupsDeps, 'db'> & { readonly places: Pick<GroupsDeps['places'], 'presence'> }
type RemovalDeps = Pick<GroupsDeps, 'db' | 'ledger' | 'log'>

/**
 * Does `work`, which ends the memberships of those it answers as `lost`. They stand in the ledger's removed-set before the
 * database commits (§5.7, I7): from the mark on nothing lets them in, and without it nothing is committed. The mark is for
 * what is under way and ends by itself; the database is what lasts. If the commit fails, or the work runs again and then ends nobody's,
 * the mark is taken back; where that fails too, or the process dies in between, they are members who wait for a minute.
 */
export async function removing<T extends { readonly lost: readonly string[] }>(
  deps: RemovalDeps,
  group: string,
  by: string,
  work: (held: Held) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const { ledger } = deps
  const marked = new Set<string>()
  let lost: readonly string[] = []
  try {
    return await inGroup(deps, group, by, async (held) => {
      lost = []
      const done = await work(held)
      if (isRefusal(done) || done.lost.length === 0) return done
      for (const user of done.lost) marked.add(user)
      const until = (await ledger.now()) + MARK_MS
      await Promise.all(done.lost.map((user) => ledger.addRemoved(scopeOf(group), user, until)))
      lost = done.lost
      return done
    })
  } catch (error) {
    lost = []
    throw error
  } finally {
    for (const user of lost) marked.delete(user)
    await Promise.all([...marked].map((user) => unmark(deps, group, user)))
  }
}

/** After the commit: the sockets in the group's rooms end, with their reason, and who may see whom is asked anew. */
export async function carryOut(
  { db, places }: Pick<PartingDeps, 'db' | 'places'>,
  group: string,
  lost: readonly string[],
  how: 'kicked' | 'banned' | 'leftGroup',
): Promise<void> {
  const rooms = (await roomIdsOf(db, [group])).map(({ room }) => room)
  await Promise.all(lost.map((user) => places.expel(user, group, rooms, how)))
  await seenAnew({ db, places }, group, lost)
}

/** After the commit: who is a member again is no longer marked, and members see one another at once. */
export async function takeBack(deps: RemovalDeps & Seers, group: string, user: string): Promise<void> {
  await unmark(deps, group, user)
  await seenAnew(deps, group, [user])
}

/** Both directions: those who look at whom this concerns, and those he looks at. */
async function seenAnew({ db, places }: Seers, group: string, users: readonly string[]) {
  const members = (await groupMemberships(db).membersOf(group)).map(({ user }) => user)
  await places.presence.relationsChanged([...new Set([...users, ...members])])
}

/** Only of a member: a commit whose answer was lost may have removed him after all. */
async function unmark({ db, ledger, log }: RemovalDeps, group: string, user: string): Promise<void> {
  try {
    if ((await roleIn(db, group, user)) !== null) await ledger.dropRemoved(scopeOf(group), user)
  } catch (error) {
    log.warn({ group, err: error }, 'the mark of a removal could not be taken away; it ends by itself')
  }
}
