export type LaneMessage = {
  readonly key: string
  /** None says, in a compacted topic, that nothing is left under the key. */
  readonly value: Buffer | null
  readonly headers?: Readonly<Record<string, string>>
}

export interface LaneOptions {
  /** Sends one batch to the lane's partition; resolves when all in-sync replicas have it. */
  send(batch: readonly LaneMessage[]): Promise<void>
  /** Whether a rejection says that this batch is too large to be taken, ever. */
  tooLarge(error: unknown): boolean
  /** A message that is refused on its own: puts it aside for good. */
  refused(message: LaneMessage, error: unknown): Promise<void>
  /** Before a rejected batch goes out again. */
  pause(attempt: number, error: unknown): Promise<void>
  readonly lingerMs?: number
  readonly maxBytes?: number
}

type Waiting = { readonly message: LaneMessage; done(): void; fail(error: Error): void }

/**
 * One partition's messages, one send in flight. kafkajs' idempotent producer loses acknowledged messages when it is used in any
 * other way (its issue 1005): the next batch goes out only when the one before is acknowledged, and a rejected batch
 * goes out again unchanged, for only then its sequence number matches and the broker recognises it.
 * Ordering: messages are stored in the order of `add`. Giving up: never, until `close`.
 */
export class Lane {
  private readonly options: LaneOptions
  private waiting: Waiting[] = []
  private underWay = 0
  private running = false
  private closed = false

  constructor(options: LaneOptions) {
    this.options = options
  }

  /** Resolves when every message is stored; rejects only when the lane is closed before. */
  add(messages: readonly LaneMessage[]): Promise<void> {
    if (this.closed) return Promise.reject(new Error('the event log is closed'))
    if (messages.length === 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      let left = messages.length
      const done = () => {
        left -= 1
        if (left === 0) resolve()
      }
      for (const message of messages) this.waiting.push({ message, done, fail: reject })
      if (!this.running) void this.run()
    })
  }

  /** Messages that are not stored yet. */
  get waitingCount(): number {
    return this.waiting.length + this.underWay
  }

  /** What waits is rejected; what is under way may still be stored. */
  close(): void {
    this.closed = true
    for (const { fail } of this.waiting.splice(0)) fail(new Error('the event log is closed'))
  }

  private async run() {
    this.running = true
    const { lingerMs = 5 } = this.options
    if (lingerMs > 0) await new Promise((resolve) => setTimeout(resolve, lingerMs))
    while (this.waiting.length > 0) {
      const batch = this.nextBatch()
      this.underWay = batch.length
      await this.deliver(batch)
      this.underWay = 0
    }
    this.running = false
  }

  private nextBatch() {
    const { maxBytes = 512 * 1024 } = this.options
    let bytes = 0
    let count = 0
    for (const { message } of this.waiting) {
      bytes += (message.value?.length ?? 0) + message.key.length
      if (count > 0 && bytes > maxBytes) break
      count += 1
    }
    return this.waiting.splice(0, count)
  }

  private async deliver(batch: readonly Waiting[]): Promise<void> {
    const { send, tooLarge, refused, pause } = this.options
    for (let attempt = 0; ; attempt++) {
      try {
        await send(batch.map(({ message }) => message))
        for (const { done } of batch) done()
        return
      } catch (error) {
        if (this.closed) {
          for (const { fail } of batch) fail(new Error('the event log is closed'))
          return
        }
        const [first] = batch
        if (tooLarge(error) && first !== undefined) {
          // Too large means: not stored. So the batch may be cut, and its halves are new batches.
          if (batch.length > 1) {
            const half = batch.length >> 1
            await this.deliver(batch.slice(0, half))
            return this.deliver(batch.slice(half))
          }
          await refused(first.message, error)
          first.done()
          return
        }
        await pause(attempt, error)
      }
    }
  }
}
