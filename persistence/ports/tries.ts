/** How often something may be tried in a span of time. */
export type TriesRule = { readonly max: number; readonly withinMs: number }

/** Counts tries per key in a fixed span that begins with the first. */
export interface TriesLimit {
  /** Counts one try. 0: go on; otherwise milliseconds until it makes sense to try again. */
  take(key: string): Promise<number>
  /** Gives a try back: it succeeded. */
  refund(key: string): Promise<void>
}

/**
 * Limits that hold over all nodes together; tries that come at the same time all count. While the shared count is away each node goes by
 * its own, which it has kept all along: nothing rejects for that.
 */
export interface TriesBook {
  /** `name` is the limit's own, and the same on every node. */
  limit(name: string, rule: TriesRule): TriesLimit
  close(): Promise<void>
}
