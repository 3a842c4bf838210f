import type { Appliers } from '../studyPlace.ts'

export const mediaAppliers: Appliers<'media.set'> = {
  'media.set': ({ state }, { data: { microphones, cameras, screens } }) => {
    state.media.assign({ microphones, cameras, screens })
  },
}
