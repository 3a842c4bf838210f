import { type GroupRole, groupLimits } from '#schemas/groups.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'

/** Leader or manager: those who invite, accept, warn and remove. */
export const manages = (role: GroupRole): boolean => role !== 'member'

type Pair = { readonly by: GroupRole; readonly isSelf: boolean; readonly target: GroupRole | null }

/** Whether `by` may warn, kick or ban: never oneself, the leader, or who is no member; managers not each other. */
export function decideTarget({ by, isSelf, target }: Pair): Refusal | null {
  if (!manages(by)) return refuse('forbidden')
  if (isSelf) return refuse('is_self')
  if (target === null) return refuse('not_member')
  if (target === 'leader') return refuse('is_owner')
  return target === 'manager' && by !== 'leader' ? refuse('forbidden') : null
}

/** The third warning kicks (R7). The count outlives leaving and coming back; letting back clears it. */
export function decideWarning(warnings: number): { readonly warnings: number; readonly kicked: boolean } {
  const count = warnings + 1
  return { warnings: count, kicked: count >= groupLimits.warningsUntilKick }
}

/** Makes a member manager or a manager member; the leader only. */
export function decideRole({ by, isSelf, target }: Pair, role: 'manager' | 'member'): Refusal | null {
  if (by !== 'leader') return refuse('forbidden')
  if (isSelf) return refuse('is_self')
  if (target === null) return refuse('not_member')
  return target === role ? refuse('nothing_to_do') : null
}

/** Gives the group to another member; the leader only. */
export function decideTransfer({ by, isSelf, target }: Pair): Refusal | null {
  if (by !== 'leader') return refuse('forbidden')
  if (isSelf) return refuse('is_self')
  return target === null ? refuse('not_member') : null
}

export type Parting = { readonly choice: 'handOver'; readonly to: string } | { readonly choice: 'dissolve' }

/**
 * What withdrawing does. A leader chooses what becomes of his group (R2): another member leads it, or it is dissolved;
 * without a choice nothing happens.
 */
export function decideWithdraw(
  role: GroupRole,
  self: string,
  parting: Parting | undefined,
  heir: GroupRole | null,
): 'leave' | 'handOver' | 'dissolve' | Refusal {
  if (role !== 'leader') return 'leave'
  if (!parting) return refuse('must_choose')
  if (parting.choice === 'dissolve') return 'dissolve'
  if (parting.to === self) return refuse('is_self')
  return heir === null ? refuse('not_member') : 'handOver'
}

/** Not below those who are members now (R3). */
export const decideCapacity = (capacity: number, members: number): Refusal | null =>
  capacity < members ? refuse('below_present', { present: members }) : null
