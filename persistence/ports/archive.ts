/** A stored message of a conversation (C1-C3). Deleted ones keep their number and lose their text. */
export type ArchivedMessage = {
  readonly conversation: string
  readonly number: number
  readonly author: string
  readonly authorName: string
  readonly text: string
  /** Milliseconds of the ledger's clock. */
  readonly at: number
  readonly replyTo: number | null
  readonly mentions: readonly string[]
  /** Rises with every change (edit, delete, reaction, pin); 0 for a message that was never changed. */
  readonly revision: number
  readonly editedAt: number | null
  readonly deleted: boolean
  readonly pinned: boolean
  readonly reactions: readonly { readonly emoji: string; readonly users: readonly string[] }[]
}

/** An older wording of a message (edit history). */
export type PastText = { readonly text: string; readonly until: number }

/**
 * The archive: documents by (conversation, number). Writes are idempotent: a put whose revision is not higher than the
 * stored one changes nothing, so replays and reorderings of batches are harmless.
 */
export interface Archive {
  /** Upserts many at once; resolves when all are durable. A deleted message loses its older wordings with its text. */
  putMessages(messages: readonly ArchivedMessage[]): Promise<void>
  /** Keeps an older wording, once per (conversation, number, revision); of a deleted message none. */
  putPast(conversation: string, number: number, revision: number, past: PastText): Promise<void>
  /** A page by number: `before` gives the newest below it, `after` the oldest above it; always ascending, ≤ limit. */
  page(
    conversation: string,
    range: { before?: number; after?: number; limit: number },
  ): Promise<readonly ArchivedMessage[]>
  /** Exactly these numbers, as far as they are stored, ascending. */
  byNumbers(conversation: string, numbers: readonly number[]): Promise<readonly ArchivedMessage[]>
  /** Edit history, oldest first. */
  past(conversation: string, number: number): Promise<readonly PastText[]>
  /** First number at or after a time, for "jump to date"; null if none. */
  firstAt(conversation: string, at: number): Promise<number | null>
  pinned(conversation: string): Promise<readonly ArchivedMessage[]>
  /** Newest stored number, 0 if none. */
  newest(conversation: string): Promise<number>
  /** What one person wrote, deleted ones left out, by (conversation, number) ascending, above `after`, `limit` at most. */
  byAuthor(
    author: string,
    after: { conversation: string; number: number } | null,
    limit: number,
  ): Promise<readonly ArchivedMessage[]>
  /** Takes the author's name off all that is stored of him; the messages stay. Safe to repeat, also after it broke off. */
  unname(author: string): Promise<void>
  /** Removes a whole conversation: messages and older wordings. Safe to repeat, also after it broke off. */
  drop(conversation: string): Promise<void>
  close(): Promise<void>
}
