import type { Logger } from 'pino'
import { inboxStore } from '#persistence/database/inbox/putInboxItem.ts'
import { peopleOf } from '#persistence/database/people/peopleOf.ts'
import { acquaintances } from '#persistence/database/presence/acquaintances.ts'
import { presenceRecords } from '#persistence/database/presence/presenceRecords.ts'
import { profileById } from '#persistence/database/profile/findProfiles.ts'
import { creditedBetween } from '#persistence/database/study/creditedBetween.ts'
import { createPlaces } from '#rooms/createPlaces.ts'
import { recentDayOf } from '#schemas/time/recentDay.ts'
import { hashPassword, verifyPassword } from '#server/accounts/passwords.ts'
import { readHistory } from '#server/api/messages/readHistory.ts'
import type { Halves } from './halves.ts'

/** This node's live places on its ports. */
export function openPlaces({ ledger, db, archive, presence, node, publish }: Halves, log: Logger, bufferCap: number) {
  return createPlaces({
    ledger,
    node,
    bufferCap,
    publish,
    inbox: inboxStore(db),
    people: peopleOf(db),
    presence: { book: presence, records: presenceRecords(db), acquaintances: acquaintances(db) },
    log: (level, fields, message) => log[level](fields, message),
    hashPassword,
    verifyPassword: (hash, password) => verifyPassword({ hash, password }),

    async studyDay(userId, now) {
      const { timeZone = 'UTC', dayStartHour = 5 } = (await profileById(db, userId)) ?? {}
      const day = recentDayOf(now, timeZone, dayStartHour)
      const studied = await creditedBetween(db, userId, day.dayStartsAt, day.dayEndsAt)
      const studiedMs = studied.reduce((sum, { from, to }) => sum + to - from, 0)
      return { studiedMs, dayEndsAt: day.dayEndsAt, timeZone, dayStartHour }
    },

    async loadMessage(roomId, number) {
      const { messages } = await readHistory({ archive, ledger }, roomId, { after: number - 1, limit: 1 })
      return messages.find((message) => message.number === number) ?? null
    },
  })
}
