import { Hand } from '#schemas/state/studyState.ts'
import type { Appliers } from '../studyPlace.ts'

export const handAppliers: Appliers<'hand.raised' | 'hand.lowered'> = {
  'hand.raised': ({ state }, { at, data }) => {
    state.hands.push(new Hand().assign({ ...data, at }))
  },
  'hand.lowered': ({ state }, { data }) => {
    const index = state.hands.findIndex((hand) => hand.userId === data.userId)
    if (index >= 0) state.hands.splice(index, 1)
  },
}
