import { type Connect, openSocket, type Tally, webSocketUrl } from './wire.ts'

/** Each frame is one message. */
export const wsWire =
  (url: string, tally: Tally): Connect =>
  async (sampled) => {
    const socket = await openSocket(webSocketUrl(url), (data) => {
      if (!tally.open) return
      tally.deliveries++
      if (!sampled) return
      tally.sampledCounted++
      tally.read((JSON.parse(data.toString()) as { text: string }).text)
    })
    return { say: (text) => socket.send(JSON.stringify({ text })), close: () => socket.close() }
  }
