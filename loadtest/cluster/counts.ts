import { Patches } from '../bench/wires/study.ts'

/** What the clients of one run have seen while `open`. Times in milliseconds, by this process' one clock. */
export class Counts {
  open = false
  /** When each message was said; its text begins with its index. */
  readonly saidAt: number[] = []
  said = 0
  refused = 0
  /** Chat messages that reached some client, by the frames of all clients. */
  deliveries = 0
  /** Of these at sampled clients: by full reading, and by the count of frames. */
  sampledRead = 0
  sampledCounted = 0
  /** Frames with changes of a room, of any kind, and their bytes. */
  patches = 0
  patchBytes = 0
  readonly acks: number[] = []
  readonly delivery: number[] = []
  readonly stored: number[] = []
  /** The messages in a study room's patches. */
  readonly inPatches = new Patches(this)

  /** The next message's text, said now. */
  text(): string {
    const index = this.saidAt.push(performance.now()) - 1
    if (this.open) this.said++
    return `${index} `.padEnd(120, 'x')
  }
  sinceSaid(text: string): number {
    return performance.now() - (this.saidAt[Number.parseInt(text, 10)] ?? Number.NaN)
  }
  reset(): void {
    this.said = this.refused = this.deliveries = this.patches = this.patchBytes = 0
    this.sampledRead = this.sampledCounted = 0
    this.acks.length = this.delivery.length = this.stored.length = 0
  }
}
