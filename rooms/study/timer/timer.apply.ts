import { noteRun } from '../attest/attest.apply.ts'
import type { Appliers } from '../studyPlace.ts'

export const timerAppliers: Appliers<'timer.set'> = {
  'timer.set': (place, { at, data }) => {
    noteRun(place, at)
    const { state } = place
    const { how, run, by } = data
    state.timer.assign(run)
    if (how === 'started') state.timer.startedBy = by ?? ''
    else if (run.anchor === 0) state.timer.startedBy = ''
  },
}
