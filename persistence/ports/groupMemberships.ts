import type { GroupRole } from '#schemas/groups.ts'

/** Who is in which study group: what places, presence and leaderboards ask. Every answer is the database's, at that moment. */
export interface GroupMemberships {
  /** At most as many as a person may be in, oldest membership first. */
  groupsOf(user: string): Promise<readonly { readonly group: string; readonly role: GroupRole }[]>
  isMember(group: string, user: string): Promise<boolean>
  /** Leader and managers too; empty for a group that is dissolved or never was. */
  membersOf(group: string): Promise<readonly { readonly user: string; readonly role: GroupRole }[]>
  /** What the group of a room says about somebody who wants in: null for a room that belongs to no group. */
  gateOf(room: string, user: string): Promise<GroupGate | null>
  /** Rooms that go on although their group is dissolved: their ending was cut off. */
  leftOverRooms(limit: number): Promise<readonly string[]>
}

export type GroupGate = {
  readonly group: string
  /** Null: not a member, because he never was, withdrew, or the group is dissolved. */
  readonly role: GroupRole | null
  readonly removed: 'kicked' | 'banned' | null
  readonly leader: { readonly userId: string; readonly name: string }
}
