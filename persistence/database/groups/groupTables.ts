import type { Selectable } from 'kysely'
import type { GroupRole } from '#schemas/groups.ts'

/**
 * A study group. Its row is what changes of the group lock: whoever changes its members holds this row, so a count that
 * was read under the lock stays true until the commit. A dissolved group keeps its row.
 */
export interface StudyGroupTable {
  id: string
  name: string
  /** The name as searches see it. */
  search_name: string
  description: string
  /** A reference, see `imageKeys`. */
  image: string | null
  capacity: number
  open_to_requests: number
  leader_id: string
  /** The join code as leader and managers are shown it. */
  code: string
  code_hash: string
  created_at: number
  dissolved_at: number | null
}

/** Membership: this row is the truth of it. */
export interface GroupMemberTable {
  group_id: string
  user_id: string
  role: GroupRole
  joined_at: number
}

/** What outlives a membership: warnings, and being kicked or banned. */
export interface GroupRecordTable {
  group_id: string
  user_id: string
  warnings: number
  removed: 'kicked' | 'banned' | null
  reason: string
  by_id: string
  at: number
}

/** An invite link; what it looks like is told once, here is only its hash. */
export interface GroupInviteTable {
  id: string
  group_id: string
  token_hash: string
  by_id: string
  created_at: number
  expires_at: number | null
  max_uses: number | null
  uses: number
  revoked_at: number | null
}

export interface GroupRequestTable {
  group_id: string
  user_id: string
  text: string
  at: number
}

/** An invitation to one person, by name. */
export interface GroupInvitationTable {
  group_id: string
  user_id: string
  by_id: string
  at: number
}

/** Which study rooms belong to a group: written before the room is made, so that it is never public. */
export interface GroupRoomTable {
  room_id: string
  group_id: string
  by_id: string
  created_at: number
}

export type StudyGroupRow = Selectable<StudyGroupTable>
export type GroupInviteRow = Selectable<GroupInviteTable>

export interface GroupTables {
  study_group: StudyGroupTable
  group_member: GroupMemberTable
  group_record: GroupRecordTable
  group_invite: GroupInviteTable
  group_request: GroupRequestTable
  group_invitation: GroupInvitationTable
  group_room: GroupRoomTable
}
