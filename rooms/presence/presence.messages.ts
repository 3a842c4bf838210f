import type { Handlers } from '#rooms/place/types.ts'
import type { presenceMessages } from '#schemas/messages/presence.ts'
import type { PresenceHub } from './presenceHub.ts'

/** Any connection of a user reports and watches, whatever room it sits in. */
export const presenceHandlers = (presence: PresenceHub): Handlers<typeof presenceMessages, unknown> => ({
  'presence.report': async (who, { idle }) => {
    presence.report(who.session, idle)
    return {}
  },
  'presence.watch': async (who, { users }) => ({ presences: await presence.watch(who.session, who.userId, users) }),
})
