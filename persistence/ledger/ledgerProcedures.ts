import type { DatabaseSync } from 'node:sqlite'
import { logProcedures } from '../eventLog/procedures/logProcedures.ts'
import { appendProcedures } from './procedures/appends.ts'
import { clock as makeClock } from './procedures/clock.ts'
import { dueProcedures } from './procedures/dueIndex.ts'
import { keys as makeKeys } from './procedures/keys.ts'
import { nodeProcedures } from './procedures/nodes.ts'
import { placeProcedures } from './procedures/places.ts'
import { postProcedures } from './procedures/posts.ts'
import { removalProcedures } from './procedures/removals.ts'
import { sweepProcedures } from './procedures/sweep.ts'
import { makeTables } from './procedures/tables.ts'
import { userProcedures } from './procedures/users.ts'

export type LedgerOptions = {
  /** Accepted events go into the log of the same file in the same transaction and are confirmed at once. */
  readonly logInline: boolean
  /** This process is the file's only user: nodes of earlier processes are dead, and their places free, from the start. */
  readonly predecessorsDead: boolean
}

export type LedgerProcedures = ReturnType<typeof ledgerProcedures>

/** Runs in the worker thread: all that the ledger and the event log do to their file. */
export default function ledgerProcedures(db: DatabaseSync, { logInline, predecessorsDead }: LedgerOptions) {
  makeTables(db)
  if (predecessorsDead) db.exec('update nodes set dead = 1')
  const clock = makeClock(db)
  const keys = makeKeys(db, logInline)
  return {
    ...nodeProcedures(db, clock),
    ...placeProcedures(db, clock, keys),
    ...appendProcedures(db, keys),
    ...postProcedures(db, clock, keys),
    ...userProcedures(db),
    ...removalProcedures(db, clock),
    ...dueProcedures(db, clock),
    ...sweepProcedures(db, clock),
    ...logProcedures(db),
  }
}
