import { dissolve, moveLead } from '../database/groups/changeGroup.ts'
import { groupsOfUser, holdGroup } from '../database/groups/findGroups.ts'
import { inTransaction } from '../database/inTransaction.ts'
import type { PersonalPart } from '../ports/personalData.ts'
import { sweepGroupImages } from '../retention/sweepGroupImages.ts'
import type { PersonalDeps } from './parts.ts'

/**
 * His study groups. A group that he led goes to a manager, else to the member who is longest in it; one in which nobody else
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
          const others = await tx
            .selectFrom('group_member')
            .select(['user_id', 'role'])
            .where('group_id', '=', id)
            .where('user_id', '!=', user)
            .orderBy('joined_at')
            .orderBy('user_id')
            .execute()
          const heir = others.find(({ role }) => role === 'manager') ?? others[0]
          if (heir) await moveLead(tx, id, user, heir.user_id)
          else await dissolve(tx, id, now)
        }
        await tx.deleteFrom('group_member').where('group_id', '=', id).where('user_id', '=', user).execute()
      })
    await sweepGroupImages({ db, blobs })
    for (const table of ['group_request', 'group_invitation', 'group_record'] as const)
      await db.deleteFrom(table).where('user_id', '=', user).execute()
  },
})
