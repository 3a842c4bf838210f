import type { Logger } from 'pino'
import type { Media } from '#media/ports/media.ts'
import { groupMemberships } from '#persistence/database/groups/memberships.ts'
import { inboxStore } from '#persistence/database/inbox/putInboxItem.ts'
import { peopleOf } from '#persistence/database/people/peopleOf.ts'
import { acquaintances } from '#persistence/database/presence/acquaintances.ts'
import { presenceRecords } from '#persistence/database/presence/presenceRecords.ts'
import { movedDay, ownDayNow } from '#persistence/database/study/ownDayNow.ts'
import { createPlaces } from '#rooms/createPlaces.ts'
import { accountsOf } from '#server/accounts/accountTables.ts'
import { goneSessions } from '#server/accounts/goneSessions.ts'
import { hashPassword, verifyPassword } from '#server/accounts/passwords.ts'
import { readHistory } from '#server/api/messages/readHistory.ts'
import type { Settings } from '#server/config/readSettings.ts'
import type { Halves } from './halves.ts'

/** This node's live places on its ports. */
export function openPlaces(
  { ledger, db, archive, presence, node, link, publish, colyseus }: Halves,
  media: Media,
  log: Logger,
  { bufferCap, oldestClient }: Pick<Settings, 'bufferCap' | 'oldestClient'>,
  dead: () => void = () => undefined,
) {
  return createPlaces({
    ledger,
    node,
    link,
    bufferCap,
    oldestClient,
    dead,
    publish,
    buried: async (dead) => colyseus?.driver.cleanup?.(dead),
    inbox: inboxStore(db),
    people: peopleOf(db),
    media,
    memberships: groupMemberships(db),
    endedSessions: goneSessions(accountsOf(db)),
    presence: { book: presence, records: presenceRecords(db), acquaintances: acquaintances(db) },
    log: (level, fields, message) => log[level](fields, message),
    hashPassword,
    verifyPassword: (hash, password) => verifyPassword({ hash, password }),

    studyDay: (userId, now) => ownDayNow(db, userId, now),
    movedDay: (userId, now) => movedDay(db, userId, now),

    async loadMessage(roomId, number) {
      const { messages } = await readHistory({ archive, ledger }, roomId, { after: number - 1, limit: 1 })
      return messages.find((message) => message.number === number) ?? null
    },
  })
}
