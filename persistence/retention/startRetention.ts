import type { Db } from '../database/database.ts'
import type { Archive } from '../ports/archive.ts'
import type { BlobStore } from '../ports/blobStore.ts'
import { sweepCodes } from './sweepCodes.ts'
import { sweepEndedRooms } from './sweepEndedRooms.ts'
import { sweepGroupImages } from './sweepGroupImages.ts'
import { sweepImages } from './sweepImages.ts'

const FIRST_MS = 60_000
const EVERY_MS = 24 * 60 * 60 * 1000
/** As long as a code is good: no address stays longer than twice that. */
const CODES_MS = 30 * 60 * 1000
const UNFINISHED_UPLOAD_MS = EVERY_MS

export type RetentionDeps = {
  readonly db: Db
  readonly archive: Archive
  readonly blobs: BlobStore
  /** Milliseconds of the ledger's clock. */
  now(): Promise<number>
  swept(rooms: number): void
  /** A sweep that failed; the next one makes it good. */
  failed(error: unknown): void
}

/**
 * Sweeps a minute after the start and then daily, and codes at the start and each half hour; any number of processes may do so.
 * `stop` ends after the sweep in hand.
 */
export function startRetention({ db, archive, blobs, now, swept, failed }: RetentionDeps): { stop(): Promise<void> } {
  let running = Promise.resolve()
  const sweep = () => {
    running = running
      .then(now)
      .then((at) => sweepEndedRooms({ db, archive }, at))
      .then(swept)
      .then(() => sweepGroupImages({ db, blobs }))
      .then(() => sweepImages({ db, blobs }))
      .then(() => blobs.sweep(UNFINISHED_UPLOAD_MS))
      .then(() => {})
      .catch(failed)
  }
  const first = setTimeout(sweep, FIRST_MS).unref()
  const daily = setInterval(sweep, EVERY_MS).unref()
  const sweepOften = () => {
    running = running
      .then(now)
      .then((at) => sweepCodes(db, at))
      .catch(failed)
  }
  sweepOften()
  const often = setInterval(sweepOften, CODES_MS).unref()
  return {
    stop() {
      clearTimeout(first)
      clearInterval(daily)
      clearInterval(often)
      return running
    },
  }
}
