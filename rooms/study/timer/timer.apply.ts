import type { Appliers } from '../studyPlace.ts'

export const timerAppliers: Appliers<'timer.set'> = {
  'timer.set': ({ state }, { data }) => {
    const { how, run, by } = data
    state.timer.assign(run)
    if (how === 'started') state.timer.startedBy = by ?? ''
    else if (run.anchor === 0) state.timer.startedBy = ''
  },
}
