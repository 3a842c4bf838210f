/**
 * What a ledger whose memory is dear lets go of, once the archive has it (DESIGN §5.8). The embedded ledger is a file and keeps
 * its places. Rejects with `LedgerUnavailable` like the ledger itself.
 */
export interface PlaceParking {
  /** A place as the ledger has it; null if it is not there or has ended. */
  rest(place: string): Promise<PlaceAtRest | null>
  /**
   * Forgets a place that nobody has claimed and nothing has been appended to since it was read as (epoch, head), and of which the log
   * has everything; false otherwise.
   */
  park(place: string, epoch: number, head: number): Promise<boolean>
}

export type PlaceAtRest = {
  readonly epoch: number
  readonly head: number
  readonly confirmed: number
  readonly owned: boolean
  readonly snapshot: { readonly version: number; readonly body: string } | null
}
