import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** A UDP port that was free a moment ago, above those that media workers take by themselves (10,000 to 59,999). */
export async function freeUdpPort(): Promise<number> {
  for (let port = 60_000 + Math.floor(Math.random() * 2_000); ; port++) {
    const socket = createSocket('udp4')
    try {
      socket.bind(port, '127.0.0.1')
      await once(socket, 'listening')
      return port
    } catch {
    } finally {
      socket.close()
    }
  }
}
