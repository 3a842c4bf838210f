import { setTimeout as sleep } from 'node:timers/promises'
import type { GroupPositions } from './groupPositions.ts'

/** A broker that is away is waited for without end by its client; whoever only looks is not. */
const LOOK_MS = 2000

export type GroupsElsewhere = {
  lag(): Promise<Readonly<Record<string, number>>>
  caughtUp(): Promise<void>
  close(): void
}

/**
 * The read models as a process sees them that runs none: by their groups' positions in the log. A group whose position cannot be
 * had in time is left out of `lag`. `published` resolves when all that is committed now is in the log.
 */
export function groupsElsewhere(
  positions: GroupPositions,
  groups: readonly string[],
  published: () => Promise<void>,
): GroupsElsewhere {
  let closed = false
  return {
    async lag() {
      const pairs = groups.map(async (group) => {
        const late = sleep(LOOK_MS, null, { ref: false })
        return [group, await Promise.race([positions.lag(group).catch(() => null), late])] as const
      })
      const known = (await Promise.all(pairs)).filter((pair): pair is [string, number] => pair[1] !== null)
      return Object.fromEntries(known)
    },
    async caughtUp() {
      await published()
      await Promise.all(groups.map((group) => positions.caughtUp(group, () => closed)))
    },
    close() {
      closed = true
    },
  }
}
