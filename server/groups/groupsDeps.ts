import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#persistence/database/database.ts'
import type { BlobStore } from '#persistence/ports/blobStore.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import type { People } from '#persistence/ports/people.ts'
import type { Places } from '#rooms/places.ts'

export type Tx = Transaction<Database>

export type GroupsDeps = {
  readonly db: Kysely<Database>
  readonly ledger: Pick<Ledger, 'now' | 'addRemoved' | 'dropRemoved' | 'isRemoved'>
  readonly blobs: BlobStore
  readonly places: Pick<
    Places,
    'presence' | 'tell' | 'card' | 'expel' | 'createGroupRoom' | 'changeStudy' | 'endStudy' | 'showStanding'
  >
  readonly people: Pick<People, 'isBlockedEitherWay'>
  readonly log: Pick<Logger, 'warn'>
  /** See GROUPS_PER_PERSON. */
  readonly maxGroups: number
}

/** What leaving needs of it. */
export type PartingDeps = Pick<GroupsDeps, 'db' | 'ledger' | 'blobs' | 'log'> & {
  readonly places: Pick<GroupsDeps['places'], 'presence' | 'tell' | 'expel' | 'endStudy' | 'showStanding'>
}

/** Who acts, from a verified session. */
export type Person = { readonly userId: string; readonly name: string }
