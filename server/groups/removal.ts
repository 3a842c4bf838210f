import { roomIdsOf } from '#persistence/database/groups/groupRooms.ts'
import type { GroupsDeps } from './groupsDeps.ts'

/** Longer than any seat that was given out before (15 s) and any page's patience. */
const MARK_MS = 60_000

/** A group's scope in the ledger's removed-set. */
export const scopeOf = (group: string): string => `group:${group}`

/**
 * What a lost membership means everywhere, after its commit (I7): the removed-set says so, then the sockets in the group's
 * rooms end, with their reason. HTTP asks the database at each access and refuses already. The mark is for what was under
 * way; the database is what lasts.
 */
export async function carryOut(
  { db, ledger, places, log }: Pick<GroupsDeps, 'db' | 'ledger' | 'places' | 'log'>,
  group: string,
  users: readonly string[],
  how: 'kicked' | 'banned' | 'leftGroup',
): Promise<void> {
  const rooms = (await roomIdsOf(db, [group])).map(({ room }) => room)
  const until = (await ledger.now()) + MARK_MS
  await Promise.all(
    users.map(async (user) => {
      // The sockets end even where the mark cannot be made.
      await ledger.addRemoved(scopeOf(group), user, until).catch((error: unknown) => {
        log.warn({ group, err: error }, 'a removal could not be marked')
      })
      await places.expel(user, group, rooms, how)
    }),
  )
  await places.presence.relationsChanged(users)
}

/** Who is a member again is no longer marked. */
export async function takeBack(
  { ledger, places, log }: Pick<GroupsDeps, 'ledger' | 'places' | 'log'>,
  group: string,
  user: string,
) {
  await ledger.dropRemoved(scopeOf(group), user).catch((error: unknown) => {
    log.warn({ group, err: error }, 'the mark of a removal could not be taken away; it ends by itself')
  })
  await places.presence.relationsChanged([user])
}
