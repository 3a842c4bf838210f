import type { Transaction } from 'kysely'
import { searchable } from '#schemas/searchable.ts'
import type { Database } from '../database.ts'
import { insertRows } from '../dialect.ts'
import type { StudyGroup } from './group.ts'

type Tx = Transaction<Database>

/** The group with its leader as first member. */
export async function insertGroup(tx: Tx, group: StudyGroup, codeHash: string): Promise<void> {
  await insertRows(tx, 'study_group', [
    {
      id: group.id,
      name: group.name,
      search_name: searchable(group.name),
      description: group.description,
      image: group.image,
      capacity: group.capacity,
      open_to_requests: Number(group.openToRequests),
      leader_id: group.leader,
      code: group.code,
      code_hash: codeHash,
      created_at: group.createdAt,
      dissolved_at: null,
    },
  ])
  await insertRows(tx, 'group_member', [
    { group_id: group.id, user_id: group.leader, role: 'leader', joined_at: group.createdAt },
  ])
}

export type GroupFacts = Partial<Pick<StudyGroup, 'name' | 'description' | 'capacity' | 'openToRequests'>>

/** What is undefined stays. */
export async function updateGroup(tx: Tx, id: string, facts: { [K in keyof GroupFacts]: GroupFacts[K] | undefined }) {
  const { name, description, capacity, openToRequests } = facts
  const set = {
    ...(name === undefined ? {} : { name, search_name: searchable(name) }),
    ...(description === undefined ? {} : { description }),
    ...(capacity === undefined ? {} : { capacity }),
    ...(openToRequests === undefined ? {} : { open_to_requests: Number(openToRequests) }),
  }
  if (Object.keys(set).length > 0) await tx.updateTable('study_group').set(set).where('id', '=', id).execute()
}

/** A reference of `imageKeys`, or none. */
export async function updateImage(tx: Tx, id: string, image: string | null): Promise<void> {
  await tx.updateTable('study_group').set({ image }).where('id', '=', id).execute()
}

/** The code before it opens nothing from the commit on. */
export async function updateCode(tx: Tx, id: string, code: string, codeHash: string): Promise<void> {
  await tx.updateTable('study_group').set({ code, code_hash: codeHash }).where('id', '=', id).execute()
}

/** Makes `to` the leader; who led before is a member like others. */
export async function moveLead(tx: Tx, id: string, from: string, to: string): Promise<void> {
  const member = (user: string) => tx.updateTable('group_member').where('group_id', '=', id).where('user_id', '=', user)
  await member(from).set({ role: 'member' }).execute()
  await member(to).set({ role: 'leader' }).execute()
  await tx.updateTable('study_group').set({ leader_id: to }).where('id', '=', id).execute()
}

/** Nobody is in it any more and nothing leads into it. Its image goes after the commit: `sweepGroupImages`. */
export async function dissolve(tx: Tx, id: string, now: number): Promise<void> {
  await tx.updateTable('study_group').set({ dissolved_at: now }).where('id', '=', id).execute()
  for (const table of ['group_member', 'group_request', 'group_invitation', 'group_invite', 'group_record'] as const)
    await tx.deleteFrom(table).where('group_id', '=', id).execute()
}
