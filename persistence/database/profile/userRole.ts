import type { UserRole } from '#schemas/limits.ts'
import type { Db } from '../database.ts'
import { handleKey } from './profile.ts'

/** Gives the user with this handle a role, or takes it with `user`. False: nobody has the handle. */
export async function setUserRole(db: Db, handle: string, role: UserRole, now: number): Promise<boolean> {
  const result = await db
    .updateTable('profile')
    .set({ role: role === 'user' ? null : role, updated_at: now })
    .where('handle_key', '=', handleKey(handle))
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Handles of all who have more than a user's role. */
export async function rolesGiven(db: Db): Promise<{ handle: string; role: UserRole }[]> {
  const rows = await db
    .selectFrom('profile')
    .select(['handle', 'role'])
    .where('role', 'is not', null)
    .orderBy('handle_key')
    .limit(1000)
    .execute()
  return rows.flatMap(({ handle, role }) => (role ? [{ handle, role }] : []))
}
