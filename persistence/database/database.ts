import type { Kysely, Transaction } from 'kysely'
import type { EmailCodeTables } from './emailCodes/emailCodeTable.ts'
import type { GroupTables } from './groups/groupTables.ts'
import type { InboxTables } from './inbox/inboxTables.ts'
import type { PasskeyTables } from './passkeys/passkeyTables.ts'
import type { BlockTable, FollowTable, FriendshipTable } from './people/peopleTables.ts'
import type { PresenceTables } from './presence/presenceTable.ts'
import type { ProfileTable } from './profile/profileTable.ts'
import type { ReadMarkerTable } from './readMarkers/readMarkerTable.ts'
import type { RoomTable, RoomVisitorTable } from './rooms/roomTables.ts'
import type { SessionTables } from './sessions/sessionTables.ts'
import type { StudyTables } from './study/studyTables.ts'

/**
 * Our tables. What SQLite, MySQL and MariaDB all take: ids from the application, times as BIGINT milliseconds, yes and no
 * as 1 and 0, lists as JSON in text, keys as varchar. The accounts library keeps `user`, `session`, `account` and
 * `verification` in the same database; those names are its own.
 */
export interface Database
  extends GroupTables,
    SessionTables,
    PresenceTables,
    InboxTables,
    EmailCodeTables,
    PasskeyTables,
    StudyTables {
  room: RoomTable
  room_visitor: RoomVisitorTable
  read_marker: ReadMarkerTable
  profile: ProfileTable
  friendship: FriendshipTable
  follow: FollowTable
  block: BlockTable
}

/** Inside a transaction always its own handle: on SQLite a query on the outer one waits for itself for ever. */
export type Db = Kysely<Database> | Transaction<Database>

/** Columns of projections: number of the newest event of its key that is in the row (§5.4). */
export type Applied = { readonly applied_seq: number }
