import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** What lies between a client and a server on loopback, and can be told to fail. */
export interface FaultProxy {
  readonly port: number
  /** Ends every connection at once, as a network does that goes away. */
  cut(): void
  /** From now on the server's answers are dropped: what was asked happens, but nobody is told. */
  swallowAnswers(on: boolean): void
  /** Resolves when the next answer has been dropped. */
  answerSwallowed(): Promise<void>
  /** From now on nothing passes in either direction, nor is it dropped: it arrives when the stall ends. */
  stall(on: boolean): void
  /** The same for connections that are made from now on; those there are go on. */
  stallNew(on: boolean): void
  /** From now on every byte of either direction arrives this much later, in order. */
  slow(ms: number): void
  /** From now on new connections are refused (ended as soon as they are made). */
  refuse(on: boolean): void
  close(): Promise<void>
}

/** A TCP proxy of the test suites, in front of `port` on loopback; listens on a free port, or on `listenOn`. */
export async function faultProxy(port: number, listenOn = 0): Promise<FaultProxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let swallowing = false
  let told: PromiseWithResolvers<void> | null = null
  let stalled = false
  let stallingNew = false
  let refusing = false
  let latencyMs = 0
  /** Writes at once, or as late as the line is slow; never before what came earlier. */
  const lineTo = (socket: Socket) => {
    let under = 0
    let last = Promise.resolve()
    return (bytes: Buffer) => {
      if (latencyMs === 0 && under === 0) return socket.write(bytes)
      under += 1
      const late = new Promise<void>((resolve) => setTimeout(resolve, latencyMs))
      last = last.then(async () => {
        await late
        under -= 1
        socket.write(bytes)
      })
      return undefined
    }
  }

  const server = createServer((client) => {
    if (refusing) return client.destroy()
    const upstream = connect({ host: '127.0.0.1', port })
    const pair = [client, upstream] as const
    pairs.add(pair)
    client.setNoDelay(true)
    upstream.setNoDelay(true)
    const [toServer, toClient] = [lineTo(upstream), lineTo(client)]
    client.on('data', toServer)
    upstream.on('data', (bytes) => {
      if (!swallowing) return toClient(bytes)
      told?.resolve()
      told = null
      return undefined
    })
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      upstream.destroy()
    }
    for (const socket of pair) {
      socket.on('close', end).on('error', end)
      if (stalled || stallingNew) socket.pause()
    }
    return undefined
  })
  server.listen(listenOn, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy()
  }
  return {
    port: (server.address() as { port: number }).port,
    cut,
    swallowAnswers: (on) => {
      swallowing = on
    },
    answerSwallowed() {
      told ??= Promise.withResolvers<void>()
      return told.promise
    },
    stall: (on) => {
      stalled = on
      for (const pair of pairs) for (const socket of pair) on ? socket.pause() : socket.resume()
    },
    stallNew: (on) => {
      stallingNew = on
      if (!on && !stalled) for (const pair of pairs) for (const socket of pair) socket.resume()
    },
    slow: (ms) => {
      latencyMs = ms
    },
    refuse: (on) => {
      refusing = on
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
}
