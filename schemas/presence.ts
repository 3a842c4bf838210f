/** What somebody chose to be taken for; kept until he chooses again. `online` lets idleness show. */
export const presenceChoices = ['online', 'away', 'dnd', 'invisible'] as const
export type PresenceChoice = (typeof presenceChoices)[number]

/** What others see. Whoever is invisible is `offline` to them, in every respect. */
export const presenceStates = ['online', 'away', 'dnd', 'offline'] as const
export type PresenceState = (typeof presenceStates)[number]

/** Whom one connection, or one request, asks about at most. */
export const PRESENCE_USERS = 200
