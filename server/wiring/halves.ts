import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import type { Archive } from '#persistence/ports/archive.ts'
import type { BlobStore } from '#persistence/ports/blobStore.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import type { NodeLink } from '#persistence/ports/nodeLink.ts'
import type { PresenceBook } from '#persistence/ports/presence.ts'
import type { TriesBook } from '#persistence/ports/tries.ts'
import type { Queues } from '#persistence/process/queueGauges.ts'
import type { Envelope } from '#schemas/events/envelope.ts'
import type { ReadModels } from '#server/api/apiDeps.ts'
import type { SharedColyseus } from '#server/node/sockets.ts'

/** Every port of a node, whichever halves are behind them. */
export type Halves = {
  readonly ledger: Ledger
  readonly db: Kysely<Database>
  readonly archive: Archive
  readonly blobs: BlobStore
  readonly presence: PresenceBook
  readonly tries: TriesBook
  /** Answers signed URLs, where this process serves them itself. */
  readonly serveBlob: ((request: Request) => Promise<Response>) | null
  /** Signs sessions. */
  readonly secret: string
  readonly readModels: ReadModels
  /** What waits on the way to the event log, with its bounds. */
  readonly queues: Queues
  /** This process in the ledger. */
  readonly node: string
  /** Colyseus' own ports where there are other nodes; null: those in memory. */
  readonly colyseus: SharedColyseus | null
  /** The way to other nodes. */
  readonly link: NodeLink
  /** Publishes a key's committed events (§5.4); resolves with its confirmed mark. */
  publish(key: string, own?: readonly Envelope[]): Promise<number>
  /** Lets the read models catch up as far as they get in `withinMs`, then closes everything; idempotent. */
  close(withinMs: number): Promise<void>
}
