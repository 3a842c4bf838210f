import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#persistence/database/database.ts'
import type { Archive } from '#persistence/ports/archive.ts'
import type { BlobStore } from '#persistence/ports/blobStore.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import type { TriesBook } from '#persistence/ports/tries.ts'
import type { Places } from '#rooms/places.ts'
import type { Accounts } from '#server/accounts/openAccounts.ts'
import type { Personal } from '#server/accounts/personal.ts'
import type { AccountTries } from './accounts/accountTries.ts'
import type { CodeTries } from './accounts/codeTries.ts'

/** The read models' workers, as far as requests need to know them. */
export interface ReadModels {
  /** Committed events that a read model has not handled yet, by its name. */
  lag(): Promise<Readonly<Record<string, number>>>
  /** Resolves when all that was committed before has been handled. */
  caughtUp(): Promise<void>
}

/** What the API's resources are made of: ports and services, no halves. */
export type ApiDeps = {
  readonly accounts: Accounts
  readonly personal: Personal
  readonly places: Places
  readonly db: Kysely<Database>
  readonly archive: Archive
  readonly ledger: Ledger
  readonly blobs: BlobStore
  /** What would be guessed is counted here, over all nodes. */
  readonly tries: TriesBook
  readonly log: Logger
  readonly readModels: ReadModels
  /** See CLIENT_ADDRESS_HEADER. */
  readonly clientAddressHeader: string | undefined
  /** Told to whoever asks for a code; null where mails are sent, and where others than this machine's user come. */
  readonly mailFolder: string | null
  /** See GROUPS_PER_PERSON. */
  readonly groupsPerPerson: number
  /** See RATE_FACTOR. */
  readonly rateFactor: number
}

/** What createApi adds: one count of tries for all ways to sign in. */
export type WithTries = { readonly accountTries: AccountTries; readonly codeTries: CodeTries }
