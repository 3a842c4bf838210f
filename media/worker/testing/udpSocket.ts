import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** A socket on loopback with a port of its own. */
export async function udpSocket() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    port: socket.address().port,
    send: (packet: Buffer, port: number) => socket.send(packet, port, '127.0.0.1'),
    onPacket: (listener: (packet: Buffer) => void) => socket.on('message', listener),
    close: () => socket.close(),
  }
}
