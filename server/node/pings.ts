import type WebSocket from 'ws'

type Count = { sent: number; answered: number }

/**
 * Finds connections whose other end is gone or far behind: who has not answered a ping when `patience` more rounds have begun is ended.
 * Each ping carries its number, for an answer to an old one says nothing of those since: a reader of 1 KB/s answers every ping, each later
 * than the one before.
 */
export class Pings {
  readonly #patience: number
  readonly #counts = new WeakMap<WebSocket, Count>()

  constructor(patience: number) {
    this.#patience = patience
  }

  round(sockets: Iterable<WebSocket>): void {
    for (const socket of sockets) {
      const count = this.#counts.get(socket) ?? this.#meet(socket)
      if (count.sent - count.answered >= this.#patience) {
        socket.terminate()
        continue
      }
      count.sent += 1
      // A socket that is closing takes no ping.
      socket.ping(String(count.sent), undefined, () => undefined)
    }
  }

  #meet(socket: WebSocket): Count {
    const count = { sent: 0, answered: 0 }
    this.#counts.set(socket, count)
    socket.on('pong', (data: Buffer) => {
      const number = Number(data.toString())
      if (number > count.answered && number <= count.sent) count.answered = number
    })
    return count
  }
}
