import type { Appliers } from '../studyPlace.ts'

type ModerationEvents = 'member.muted' | 'member.warned' | 'member.removed' | 'member.letBack'

export const moderationAppliers: Appliers<ModerationEvents> = {
  'member.muted': ({ state, hidden }, { data }) => {
    if (data.on) hidden.muted.add(data.userId)
    else hidden.muted.delete(data.userId)
    const member = state.members.get(data.userId)
    if (member) member.muted = data.on
  },

  'member.warned': ({ hidden }, { data }) => {
    hidden.warnings.set(data.userId, { name: data.name, count: data.count })
  },

  // The seat goes with the `member.left` that follows; the ledger's removed-set is written by the actor from this event.
  'member.removed': ({ hidden }, { data }) => {
    hidden.removed.set(data.userId, { name: data.name, kind: data.kind, until: data.until, reason: data.reason })
    hidden.moderators.delete(data.userId)
  },

  'member.letBack': ({ hidden }, { data }) => {
    hidden.removed.delete(data.userId)
    hidden.warnings.delete(data.userId)
  },
}
