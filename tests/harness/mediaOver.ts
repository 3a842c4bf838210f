import type { MediaPlace } from '#media/ports/media.ts'
import type { Sitting } from '#server/testing/sit.ts'

/** The room's media as one connection reaches them over its socket: what a peer of tests sees of a place, whoever it says that it is. */
export function mediaOver(room: Sitting): MediaPlace {
  const request = room.request as (type: string, body: unknown) => Promise<unknown>
  const ask = (type: string, body: unknown) => request.call(room, type, body) as Promise<never>
  return {
    get epoch() {
      return room.state.media.epoch
    },
    get size() {
      return [...room.state.members.values()].filter((member) => member.inMedia).length
    },
    join: () => ask('media.join', {}),
    request: (_peer, type, payload) => ask(type, payload),
    setPaused: (_peer, source, paused) => ask('media.setPaused', { source, paused }),
    stop: (_peer, source) => void ask('media.stop', { source }),
    closePeer: () => void ask('media.leave', {}),
    close() {},
  }
}
