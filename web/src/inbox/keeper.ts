import { InboxKeeper } from '#client/inbox/inboxKeeper.ts'
import { oneKeeper } from '../common/oneKeeper.ts'

export const useInboxKeeper = oneKeeper(
  ({ link, api, onInboxMessage }, timers) => new InboxKeeper({ link, api, onInboxMessage, timers }),
)
