import { PresenceKeeper } from '#client/presence/presenceKeeper.ts'
import { oneKeeper } from '../common/oneKeeper.ts'

export const usePresenceKeeper = oneKeeper(({ link, api }, timers) => new PresenceKeeper({ link, api, timers }))
