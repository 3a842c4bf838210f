import { type Connect, openSocket, type Tally, webSocketUrl } from './wire.ts'

/** Engine.IO 4 by hand: `0` open, `2` ping, `40` connect, `42` event. Each event frame is one message. */
export const socketIoWire =
  (url: string, tally: Tally): Connect =>
  async (sampled) => {
    const connected = Promise.withResolvers<void>()
    const socket = await openSocket(`${webSocketUrl(url)}/socket.io/?EIO=4&transport=websocket`, (data, socket) => {
      if (data[0] === 0x32) socket.send('3')
      else if (data[0] === 0x30) socket.send('40')
      else if (data[0] === 0x34 && data[1] === 0x30) connected.resolve()
      else if (data[0] === 0x34 && data[1] === 0x32 && tally.open) {
        tally.deliveries++
        if (!sampled) return
        tally.sampledCounted++
        const [, message] = JSON.parse(data.subarray(2).toString()) as [string, { text: string }]
        tally.read(message.text)
      }
    })
    await connected.promise
    return { say: (text) => socket.send(`42${JSON.stringify(['chat', { text }])}`), close: () => socket.close() }
  }
