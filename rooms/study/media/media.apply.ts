import type { Appliers } from '../studyPlace.ts'

export const mediaAppliers: Appliers<'media.set' | 'member.barred'> = {
  'media.set': ({ state }, { data: { microphones, cameras, screens } }) => {
    state.media.assign({ microphones, cameras, screens })
  },
  'member.barred': ({ state, hidden }, { data: { userId, kinds } }) => {
    if (kinds.length > 0) hidden.barred.set(userId, kinds)
    else hidden.barred.delete(userId)
    const member = state.members.get(userId)
    if (member) member.barred = kinds.join(' ')
  },
}
