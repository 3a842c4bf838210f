import { dissolve, moveLead } from '../database/groups/changeGroup.ts'
import { groupsOfUser, holdGroup } from '../database/groups/findGroups.ts'
import { heirOf } from '../database/groups/heirOf.ts'
import { inTransaction } from '../database/inTransaction.ts'
import type { PersonalPart } from '../ports/personalData.ts'
import { sweepGroupImages } from '../retention/sweepGroupImages.ts'
import type { PersonalDeps } from './parts.ts'

/**
 * His study groups, and what the service that ends memberships (its own part comes first) has left of them. A group that he led goes to a manager, else to the member who is longest in it; one in which nobody else
 * is, is dissolved. A ban on him goes with him: nobody can come back as him.
 */
export const groupsPart = ({ db, blobs }: Pick<PersonalDeps, 'db' | 'blobs'>): PersonalPart => ({
  name: 'groups',
  async *export(user) {
    const groups = await groupsOfUser(db, user)
    const json = groups.map(({ id, name, role, createdAt }) => ({ id, name, role, createdAt }))
    yield { name: 'groups.json', json }
  },
  async erase(user) {
    const mine = await db.selectFrom('group_member').select('group_id').where('user_id', '=', user).execute()
    const now = Date.now()
    for (const { group_id: id } of mine)
      await inTransaction(db, async (tx) => {
        const group = await holdGroup(tx, id)
        if (group?.leader === user && group.dissolvedAt === null) {
          const heir = await heirOf(tx, id, user)
          if (heir !== null) await moveLead(tx, id, user, heir)
          else await dissolve(tx, id, now)
        }
        await tx.deleteFrom('group_member').where('group_id', '=', id).where('user_id', '=', user).execute()
      })
    await sweepGroupImages({ db, blobs })
    for (const table of ['group_request', 'group_invitation', 'group_record'] as const)
      await db.deleteFrom(table).where('user_id', '=', user).execute()
  },
})
