import { groupsOfUser } from '#persistence/database/groups/findGroups.ts'
import { heirOf } from '#persistence/database/groups/heirOf.ts'
import type { PersonalPart } from '#persistence/ports/personalData.ts'
import { isRefusal } from '#schemas/refusals.ts'
import type { PartingDeps } from './groupsDeps.ts'
import { withdraw } from './parting.ts'

/**
 * The memberships of a deleted account end as any other does (GROUP-12): marked before the commit, its sockets closed after it, the
 * rooms of a dissolved group ended. What he led goes to his heir. Comes before the rows about him are swept. Safe to repeat.
 */
export const partingPart = (deps: PartingDeps): PersonalPart => ({
  name: 'group-memberships',
  // His groups are given by the part that sweeps them.
  async *export() {},
  async erase(user) {
    for (const { id } of await groupsOfUser(deps.db, user)) {
      // Nobody is told a name that is to be forgotten.
      const done = await withdraw(deps, { userId: user, name: '' }, id, async (tx) => {
        const to = await heirOf(tx, id, user)
        return to === null ? { choice: 'dissolve' } : { choice: 'handOver', to }
      })
      // Somebody else may have ended it meanwhile.
      if (isRefusal(done) && !['not_found', 'kicked', 'banned'].includes(done.refused))
        throw new Error(`the membership of a deleted account has not ended: ${done.refused}`)
    }
  },
})
