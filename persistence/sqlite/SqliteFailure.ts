import type { Failure } from './protocol.ts'

/** The primary result codes that say "not now": busy, locked, read-only, I/O, corrupt, full, cannot open. */
const storage = new Set([5, 6, 8, 10, 11, 13, 14])

/** An operation failed in the worker; nothing of it is stored. `errcode` is SQLite's extended result code. */
export class SqliteFailure extends Error {
  override readonly name = 'SqliteFailure'
  /** Name of the error that was thrown in the worker. */
  readonly kind: string
  readonly code: string | undefined
  readonly errcode: number | undefined
  constructor(failure: Failure) {
    super(failure.message)
    this.kind = failure.name
    this.code = failure.code
    this.errcode = failure.errcode
  }
  /** The disk or the file is at fault, not the statement: trying again later may help. */
  get isStorage(): boolean {
    return this.errcode !== undefined && storage.has(this.errcode & 0xff)
  }
}

/** The worker has ended or its queue is full. Whether what was in flight is stored is not known. */
export class SqliteGone extends Error {
  override readonly name = 'SqliteGone'
}
