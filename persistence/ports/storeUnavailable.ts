/**
 * The database, the archive or the blob store is away, or did not answer in time; later it may work. What was asked may have
 * happened all the same. Every other rejection of a store is its answer, or a bug.
 */
export class StoreUnavailable extends Error {
  override readonly name: string = 'StoreUnavailable'
}
