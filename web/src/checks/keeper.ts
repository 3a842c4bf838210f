import { CheckKeeper } from '#client/checks/checkKeeper.ts'
import { oneKeeper } from '../common/oneKeeper.ts'

export const useCheckKeeper = oneKeeper(
  ({ link, place, api, onInboxMessage }, timers) => new CheckKeeper({ link, place, api, onInboxMessage, timers }),
)
