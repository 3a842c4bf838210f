import type { Transaction } from 'kysely'
import type { Database, Db } from '../database.ts'
import { insertRows } from '../dialect.ts'
import type { GroupInviteRow } from './groupTables.ts'

type Tx = Transaction<Database>

export type Invite = {
  readonly id: string
  readonly group: string
  readonly hash: string
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly maxUses: number | null
  readonly uses: number
  readonly revokedAt: number | null
}

const inviteOf = (row: GroupInviteRow): Invite => ({
  id: row.id,
  group: row.group_id,
  hash: row.token_hash,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  maxUses: row.max_uses,
  uses: row.uses,
  revokedAt: row.revoked_at,
})

export async function insertInvite(tx: Tx, invite: Invite, by: string): Promise<void> {
  await insertRows(tx, 'group_invite', [
    {
      id: invite.id,
      group_id: invite.group,
      token_hash: invite.hash,
      by_id: by,
      created_at: invite.createdAt,
      expires_at: invite.expiresAt,
      max_uses: invite.maxUses,
      uses: 0,
      revoked_at: null,
    },
  ])
}

/** Also one that is over: it is told why. Read under the group's lock its count of uses is exact. */
export async function inviteByHash(db: Db, hash: string): Promise<Invite | null> {
  const row = await db.selectFrom('group_invite').selectAll().where('token_hash', '=', hash).executeTakeFirst()
  return row ? inviteOf(row) : null
}

export async function countUse(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('group_invite')
    .set((e) => ({ uses: e('uses', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** False if this group has no such link, or it was revoked before. */
export async function revokeInvite(tx: Tx, group: string, id: string, now: number): Promise<boolean> {
  const result = await tx
    .updateTable('group_invite')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('group_id', '=', group)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Links that still work at `now`, newest first. */
export async function workingInvites(db: Db, group: string, now: number): Promise<(Invite & { byName: string })[]> {
  const rows = await db
    .selectFrom('group_invite as i')
    .leftJoin('profile as p', 'p.user_id', 'i.by_id')
    .selectAll('i')
    .select('p.name')
    .where('i.group_id', '=', group)
    .where('i.revoked_at', 'is', null)
    .where((e) => e.or([e('i.expires_at', 'is', null), e('i.expires_at', '>', now)]))
    .where((e) => e.or([e('i.max_uses', 'is', null), e('i.uses', '<', e.ref('i.max_uses'))]))
    .orderBy('i.created_at', 'desc')
    .orderBy('i.id')
    .execute()
  return rows.map((row) => ({ ...inviteOf(row), byName: row.name ?? '' }))
}
