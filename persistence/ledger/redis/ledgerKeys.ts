/**
 * The names of everything the ledger keeps in Redis. What one script touches shares a tag in braces, and with it a slot of
 * a cluster: one tag for the nodes, one for each place or conversation, for each user, and for the indexes.
 */
export function ledgerKeys(prefix: string) {
  const nodes = `${prefix}{nodes}`
  const place = (id: string) => `${prefix}{place:${id}}`
  return {
    /** The newest time handed out. */
    clock: `${nodes}:clock`,
    generation: `${nodes}:generation`,
    /** Nodes not marked dead, by their last heartbeat; dead ones, by their death. */
    beats: `${nodes}:beats`,
    dead: `${nodes}:dead`,
    /** Stamps of claims, rising. */
    stamps: `${nodes}:stamps`,
    /** Places a living node may hold (never fewer than it does), by the stamp of its newest claim. */
    held: (node: string) => `${nodes}:held:${node}`,
    /** What dead nodes held: place, null byte, node. */
    orphans: `${nodes}:orphans`,

    /** Hash: kind, head, confirmed, epoch, owner, stamp, batch, snap, cut, ended. */
    record: (key: string) => `${place(key)}:record`,
    /** List of "epoch body"; the first one has the number cut + 1. */
    tail: (key: string) => `${place(key)}:tail`,
    snapshot: (key: string) => `${place(key)}:snapshot`,
    /** Users by the end of their removal. */
    removed: (key: string) => `${place(key)}:removed`,
    /** Numbers of a conversation by the outbox' own n. */
    outbox: (key: string, outbox: string) => `${place(key)}:outbox:${outbox}`,

    seat: (user: string) => `${prefix}{user:${user}}:seat`,
    entry: (user: string) => `${prefix}{user:${user}}:entry`,
    inbox: (user: string) => `${prefix}{user:${user}}:inbox`,
    /** Ended account sessions, by when they ended. */
    revoked: (bucket: number) => `${prefix}{revoked:${bucket}}`,

    /** Keys that may have events above their mark, by when an appender last said so. */
    dirty: `${prefix}{dirty}`,
    due: `${prefix}{due}`,
  }
}

export type LedgerKeys = ReturnType<typeof ledgerKeys>
