import './quietSdk.ts'
import { TestPeer } from '#media/testing/testPeer.ts'
import { findWorker } from '#media/worker/findWorker.ts'
import { newPerson, type Person } from '#server/testing/person.ts'
import type { Sitting } from '#server/testing/sit.ts'
import { type Started, startServer } from '#server/testing/startServer.ts'
import { mediaOver } from './mediaOver.ts'
import { createRoom, mustSit } from './seat.ts'

export type Guest = { readonly person: Person; readonly room: Sitting; readonly id: string; peer: TestPeer }

/** A node with one real media worker and a room on it; its peers speak real WebRTC, and signal over their sockets. */
export class MediaHouse {
  readonly server: Started
  readonly owner: Person
  readonly roomId: string
  readonly #peers: TestPeer[] = []

  private constructor(server: Started, owner: Person, roomId: string) {
    this.server = server
    this.owner = owner
    this.roomId = roomId
  }

  static async open(env: Record<string, string> = {}): Promise<MediaHouse> {
    const found = findWorker()
    if (!('path' in found)) throw new Error(`${found.why}; ${found.hint}`)
    const server = await startServer({ env: { MEDIA: 'on', MEDIA_WORKERS: '1', LOG_LEVEL: 'info', ...env } })
    const owner = await newPerson(server.url, 'Ann')
    return new MediaHouse(server, owner, await createRoom(owner, { capacity: 100 }))
  }

  async sit(person: Person): Promise<Sitting> {
    return mustSit(person, this.roomId)
  }

  /** Comes in, hearing only. */
  async join(room: Sitting): Promise<TestPeer> {
    const peer = await TestPeer.join(mediaOver(room), room.sessionId)
    this.#peers.push(peer)
    return peer
  }

  /** Somebody (new) who sits in the room and is in its media. */
  async guest(person?: Person): Promise<Guest> {
    const who = person ?? (await newPerson(this.server.url, 'Ben'))
    const room = await this.sit(who)
    return { person: who, room, id: who.me.id, peer: await this.join(room) }
  }

  /** Of the workers that it has started and told of, in order. */
  workerPids(): number[] {
    return [...this.server.stderr().matchAll(/"pid":(\d+),"msg":"media worker runs"/g)].map((found) => Number(found[1]))
  }

  /** A figure of the node's media. */
  async figure(name: string): Promise<number> {
    const page = await (await fetch(`${this.server.url}/metrics`)).text()
    return Number(new RegExp(`^studyhub_media_${name} (\\S+)$`, 'm').exec(page)?.[1])
  }

  async stop(): Promise<number | null> {
    await Promise.all(this.#peers.splice(0).map((peer) => peer.vanish()))
    return this.server.stop()
  }
}
