import { startServerChild } from '../bench/serverChild.ts'
import { openSocket, webSocketUrl } from '../bench/wires/wire.ts'
import type { Counts } from './counts.ts'
import type { Member, Rival } from './rival.ts'

/** Nodes of Socket.IO with the Redis adapter. Its clients go to the nodes in turn, so a room's members are on all of them. */
export async function socketIoRival(nodes: number, redisUrl: string, counts: Counts): Promise<Rival> {
  const children = await Promise.all(
    Array.from({ length: nodes }, () => startServerChild('socketIoRedis', { REDIS_URL: redisUrl })),
  )
  let joined = 0

  /** Engine.IO 4 by hand: `0` open, `2` ping, `40` connect, `42` event, `43` its acknowledgement. */
  async function join(room: string, sampled: boolean): Promise<Member> {
    const { url = '' } = children[joined++ % children.length] ?? {}
    const inRoom = Promise.withResolvers<void>()
    const saidAt = new Map<number, number>()
    let n = 0
    const socket = await openSocket(`${webSocketUrl(url)}/socket.io/?EIO=4&transport=websocket`, (data, socket) => {
      if (data[0] === 0x32) socket.send('3')
      else if (data[0] === 0x30) socket.send('40')
      else if (data[0] !== 0x34) return
      else if (data[1] === 0x30) socket.send(`420${JSON.stringify(['join', room])}`)
      else if (data[1] === 0x33) {
        const id = Number.parseInt(data.subarray(2, 12).toString(), 10)
        if (id === 0) inRoom.resolve()
        const at = saidAt.get(id)
        if (at !== undefined && counts.open) counts.acks.push(performance.now() - at)
        saidAt.delete(id)
      } else if (data[1] === 0x32 && counts.open) {
        counts.deliveries++
        counts.patches++
        counts.patchBytes += data.length
        if (!sampled) return
        const [, { text }] = JSON.parse(data.subarray(2).toString()) as [string, { text: string }]
        counts.delivery.push(counts.sinceSaid(text))
      }
    })
    await inRoom.promise
    return {
      say() {
        saidAt.set(++n, performance.now())
        socket.send(`42${n}${JSON.stringify(['chat', { room, text: counts.text() }])}`)
      },
      close: () => socket.terminate(),
    }
  }

  return {
    name: `Socket.IO with Redis, ${nodes} nodes`,
    nodes: children,
    others: [],
    // The last one in is told last, so he is the one who looks at the clock.
    room: async (index, size) => Array.from({ length: size }, (_, i) => () => join(`room${index}`, i === size - 1)),
    async stop() {
      await Promise.all(children.map((child) => child.stop()))
    },
  }
}
