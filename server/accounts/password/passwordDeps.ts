import type { Postman } from '#server/mail/postman.ts'
import type { AccountsDb } from '../accountTables.ts'
import type { Auth } from '../createAuth.ts'
import { otherSessions } from '../devices.ts'
import type { EndSessions } from '../endSessions.ts'

export type PasswordDeps = {
  readonly db: AccountsDb
  readonly auth: Auth
  readonly secret: string
  readonly endSessions: EndSessions
  readonly postman: Postman
  readonly now: () => number
}

/** Ends every session of the user but one, or all: HTTP and sockets (I7). */
export async function endAll({ db, endSessions }: PasswordDeps, userId: string, but: string | null): Promise<void> {
  await endSessions(userId, await otherSessions(db, userId, but))
}
