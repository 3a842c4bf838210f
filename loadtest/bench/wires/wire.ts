import WebSocket from 'ws'

/**
 * One client as the load process drives it: frames, not libraries, so that the clients are as cheap as they can be and cost
 * the same for all. `sampled` ones read every frame in full and prove the counting of the others.
 */
export interface Wire {
  say(text: string): void
  close(): void
}

/** What the clients of one run have seen, told by the wires while `open`. */
export class Tally {
  open = false
  /** Chat messages that reached some client, by the frames of all clients. */
  deliveries = 0
  /** Of these, by full reading, at sampled clients. */
  sampledRead = 0
  /** Of these, by the count of frames, at sampled clients: must be the same number. */
  sampledCounted = 0
  readonly latencies: number[] = []
  readonly acks: number[] = []
  refusals = 0
  /** When each message was said; the text begins with its index. */
  readonly saidAt: number[] = []

  read(text: string): void {
    if (!this.open) return
    this.sampledRead++
    const said = this.saidAt[Number.parseInt(text, 10)]
    if (said !== undefined) this.latencies.push(performance.now() - said)
  }
}

export type Connect = (sampled: boolean) => Promise<Wire>

/** The first frame can come with the upgrade itself, so who listens is told before the socket is open. */
export async function openSocket(url: string, seen: (frame: Buffer, socket: WebSocket) => void): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  socket.on('message', (data: Buffer) => seen(data, socket))
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return socket
}

export const webSocketUrl = (url: string): string => url.replace(/^http/, 'ws')
