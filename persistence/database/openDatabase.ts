import type { Kysely } from 'kysely'
import type { Database } from './database.ts'

/** Gives a contract suite a database in its newest form without rows; closing it is the giver's matter. */
export type OpenDatabase = () => Promise<Kysely<Database>>
