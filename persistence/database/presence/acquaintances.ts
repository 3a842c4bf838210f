import type { Acquaintances, Looks } from '../../ports/presence.ts'
import type { Db } from '../database.ts'
import { prepared } from '../prepared.ts'

// Many viewers are asked about at once, all the time: every question is one about lists.

const friendships = prepared((db: Db, low: readonly string[], high: readonly string[]) =>
  db
    .selectFrom('friendship')
    .select(['low_id as a', 'high_id as b'])
    .where('low_id', 'in', low)
    .where('friends', '=', 1)
    .unionAll(
      db
        .selectFrom('friendship')
        .select(['low_id as a', 'high_id as b'])
        .where('high_id', 'in', high)
        .where('friends', '=', 1),
    ),
)

const blocks = prepared((db: Db, by: readonly string[], of: readonly string[]) =>
  db
    .selectFrom('block')
    .select(['user_id as a', 'blocked_id as b'])
    .where('user_id', 'in', by)
    .unionAll(db.selectFrom('block').select(['user_id as a', 'blocked_id as b']).where('blocked_id', 'in', of)),
)

const memberships = prepared((db: Db, users: readonly string[]) =>
  db.selectFrom('group_member').select(['user_id', 'group_id']).where('user_id', 'in', users),
)

const groupRooms = prepared((db: Db, rooms: readonly string[]) =>
  db.selectFrom('group_room').select(['room_id', 'group_id']).where('room_id', 'in', rooms),
)

/** See the port: friends, members of a common group, himself; nobody where either has blocked the other. */
export function acquaintances(db: Db): Acquaintances {
  const pairsOf = async (question: typeof friendships, users: readonly string[]) => {
    const pairs = new Map<string, Set<string>>()
    for (const { a, b } of await inParts(users, (part) => question(db, part, part))) {
      add(pairs, a, b)
      add(pairs, b, a)
    }
    return pairs
  }
  const groupsOf = async (users: readonly string[]) => {
    const groups = new Map<string, Set<string>>()
    for (const { user_id, group_id } of await inParts(users, (part) => memberships(db, part)))
      add(groups, user_id, group_id)
    return groups
  }

  return {
    async visibleTo(looks) {
      const viewers = [...looks.keys()]
      const [friends, blocked, groups] = await Promise.all([
        pairsOf(friendships, viewers),
        pairsOf(blocks, viewers),
        groupsOf([...new Set([...viewers, ...[...looks.values()].flat()])]),
      ])
      return filtered(looks, (viewer, user) => {
        if (blocked.get(viewer)?.has(user)) return false
        return viewer === user || friends.get(viewer)?.has(user) === true || meet(groups.get(viewer), groups.get(user))
      })
    },

    async roomsKnownTo(looks) {
      const rooms = [...new Set([...looks.values()].flat())]
      const owners = new Map<string, Set<string>>()
      for (const { room_id, group_id } of await inParts(rooms, (part) => groupRooms(db, part)))
        add(owners, room_id, group_id)
      const groups = owners.size > 0 ? await groupsOf([...looks.keys()]) : null
      return filtered(looks, (viewer, room) => (owners.get(room) ?? none).isSubsetOf(groups?.get(viewer) ?? none))
    },
  }
}

const AT_ONCE = 1_000
const none: ReadonlySet<string> = new Set()

async function inParts<R>(
  list: readonly string[],
  ask: (part: readonly string[]) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  const found: Promise<readonly R[]>[] = []
  for (let i = 0; i < list.length; i += AT_ONCE) found.push(ask(list.slice(i, i + AT_ONCE)))
  return (await Promise.all(found)).flat()
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}

const meet = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean =>
  a !== undefined && b !== undefined && !a.isDisjointFrom(b)

const filtered = (looks: Looks, isSeen: (viewer: string, of: string) => boolean) =>
  new Map([...looks].map(([viewer, all]) => [viewer, new Set(all.filter((one) => isSeen(viewer, one)))] as const))
