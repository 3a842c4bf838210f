import type { Ledger } from '#persistence/ports/ledger.ts'
import type { PresenceHub } from '#rooms/presence/presenceHub.ts'
import type { UserHub } from '#rooms/users/userHub.ts'
import type { Envelope } from '#schemas/events/envelope.ts'
import type { Actors } from './actors.ts'
import type { Rates } from './rates.ts'

export type Log = (level: 'info' | 'warn' | 'error', fields: Record<string, unknown>, message: string) => void

/** What every actor of this node gets by closure (rooms are made by Colyseus with `new`). */
export type PlaceDeps = {
  readonly ledger: Ledger
  /** This process in the ledger. */
  readonly node: string
  readonly users: UserHub
  readonly presence: PresenceHub
  readonly actors: Actors
  readonly rates: Rates
  readonly log: Log
  /** Whether this process has run without standing still lately: another may have buried it meanwhile (§5.1). */
  isSteady(): boolean
  /** Bytes that may wait in one socket before its reader is dropped. */
  readonly bufferCap: number
  /**
   * Publishes a key's committed events (§5.4) and resolves with the confirmed mark. `own`: all of them above the mark that the
   * owner knows, so that the ledger need not be asked what it was just given.
   */
  publish(key: string, own?: readonly Envelope[]): Promise<number>
}
