import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type TcpProxy = {
  readonly port: number
  /** Ends all connections with a reset and refuses new ones. */
  cut(): void
  /** Connections stay open and new ones are taken, but not a byte goes either way: a cable pulled. */
  stall(): void
  /** Everything works again; what was stalled is delivered. */
  heal(): void
  /** What the server sends comes at so many bytes a second, in ten portions, until `heal`. */
  trickle(bytesPerSecond: number): void
  /** New connections go to another port. */
  aim(target: number): void
  close(): Promise<void>
}

/** A network between a client and a server of this machine that a test can break. */
export async function tcpProxy(port: number): Promise<TcpProxy> {
  let target = port
  const pairs = new Set<readonly [Socket, Socket]>()
  let state: 'up' | 'cut' | 'stalled' | 'trickling' = 'up'
  let dripping: NodeJS.Timeout | undefined

  const server = createServer((near) => {
    if (state === 'cut') {
      near.resetAndDestroy()
      return
    }
    const far = connect(target, '127.0.0.1')
    const pair = [near, far] as const
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    for (const [from, to] of [pair, [far, near] as const]) {
      from.setNoDelay(true)
      from.on('data', (chunk) => {
        if (!to.write(chunk)) {
          from.pause()
          to.once('drain', () => state === 'up' && from.resume())
        }
      })
      from.on('error', end)
      from.on('close', end)
    }
    if (state === 'stalled') for (const socket of pair) socket.pause()
    if (state === 'trickling') far.pause()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      state = 'cut'
      for (const pair of [...pairs]) for (const socket of pair) socket.resetAndDestroy()
    },
    stall() {
      state = 'stalled'
      for (const pair of pairs) for (const socket of pair) socket.pause()
    },
    trickle(bytesPerSecond) {
      state = 'trickling'
      for (const [, far] of pairs) far.pause()
      clearInterval(dripping)
      dripping = setInterval(() => {
        for (const [, far] of pairs) far.read(Math.min(Math.ceil(bytesPerSecond / 10), far.readableLength))
      }, 100)
    },
    heal() {
      state = 'up'
      clearInterval(dripping)
      for (const pair of pairs) for (const socket of pair) socket.resume()
    },
    aim(port) {
      target = port
    },
    async close() {
      clearInterval(dripping)
      for (const pair of [...pairs]) for (const socket of pair) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
