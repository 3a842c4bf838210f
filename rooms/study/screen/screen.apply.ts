import type { Appliers, StudyPlace } from '../studyPlace.ts'

export const screenAppliers: Appliers<'screen.claimed' | 'screen.released' | 'screen.requested'> = {
  'screen.claimed': (place, { at, data }) => {
    withdraw(place, data.userId)
    place.state.screen.owner = data.userId
    place.state.screen.since = at
  },
  'screen.released': ({ state: { screen } }, { data }) => {
    if (screen.owner !== data.userId) return
    screen.owner = ''
    screen.since = 0
  },
  'screen.requested': (place, { data }) => {
    withdraw(place, data.userId)
    if (data.on) place.state.screen.requests.push(data.userId)
  },
}

function withdraw({ state: { screen } }: StudyPlace, userId: string): void {
  const index = screen.requests.indexOf(userId)
  if (index >= 0) screen.requests.splice(index, 1)
}
