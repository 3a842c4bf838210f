import { type Refusal, refuse } from '#schemas/refusals.ts'

/** By what somebody comes in. A request was accepted, an invitation made, by those who may also let back. */
export type Way = 'code' | 'link' | 'invitation' | 'request'

/** All that an entry depends on, as read under the group's lock. */
export type EntryView = {
  readonly dissolved: boolean
  readonly isMember: boolean
  readonly removed: 'kicked' | 'banned' | null
  readonly members: number
  readonly capacity: number
  /** Groups the person is in, whatever his role there. */
  readonly ownGroups: number
  readonly maxGroups: number
}

/**
 * Whether somebody becomes a member now; the reason told is the true one, in this order (R3): dissolved, a member already,
 * removed, too many groups, full. A ban holds on every way; who was only kicked comes back when leader or managers accept him.
 */
export function decideEntry(view: EntryView, way: Way): Refusal | null {
  if (view.dissolved) return refuse('gone')
  if (view.isMember) return refuse('already_member')
  if (view.removed === 'banned') return refuse('banned')
  if (view.removed === 'kicked' && way !== 'request' && way !== 'invitation') return refuse('kicked')
  if (view.ownGroups >= view.maxGroups) return refuse('too_many_groups', { max: view.maxGroups })
  if (view.members >= view.capacity) return refuse('full', { capacity: view.capacity })
  return null
}

/** Whether somebody may ask to be let in; who is full today may have a seat tomorrow, so that is not asked. */
export function decideRequest(
  view: Pick<EntryView, 'dissolved' | 'isMember' | 'removed'> & { readonly open: boolean; readonly invited: boolean },
): Refusal | null {
  if (view.dissolved) return refuse('not_found')
  if (view.isMember) return refuse('already_member')
  if (view.removed === 'banned') return refuse('banned')
  // A group that takes no requests is not there for who does not belong to it.
  if (!view.open && !view.invited) return refuse('not_found')
  return null
}

/** An invite link's own reasons; the group's come after them. */
export function decideLink(
  link: { expiresAt: number | null; maxUses: number | null; uses: number; revokedAt: number | null },
  now: number,
): Refusal | null {
  if (link.revokedAt !== null) return refuse('gone', { why: 'revoked' })
  if (link.expiresAt !== null && link.expiresAt <= now) return refuse('gone', { why: 'expired' })
  if (link.maxUses !== null && link.uses >= link.maxUses) return refuse('gone', { why: 'used' })
  return null
}
