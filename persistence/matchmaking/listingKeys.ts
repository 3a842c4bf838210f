import { ledgerKeys } from '../ledger/redis/ledgerKeys.ts'

/** Listings lie beside the ledger's records of their places, so that one script compares both. */
export function listingKeys(prefix: string) {
  const { record } = ledgerKeys(prefix)
  return {
    record,
    /** Hash: epoch, process, room (Colyseus' listing as JSON). */
    listing: (roomId: string) => `${prefix}{place:${roomId}}:listing`,
    /** Processes that may have listings, and the rooms each may have listed: never fewer than there are. */
    processes: `${prefix}{listings}:processes`,
    roomsOf: (process: string) => `${prefix}{listings}:of:${process}`,
  }
}
