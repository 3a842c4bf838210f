import type { Media, MediaHooks, MediaPlace, MediaRequest } from '#media/ports/media.ts'
import type { Turns, Who } from '#rooms/place/types.ts'
import type { Event } from '#schemas/events/catalogue.ts'
import type { MediaSource } from '#schemas/media/sources.ts'
import type { Payload, Reply } from '#schemas/messages/catalogue.ts'
import type { MediaEvent, mediaMessages } from '#schemas/messages/media.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { causeOf } from './cause.ts'
import { mayJoin, mayPublish, straysOf } from './media.rules.ts'
import { newPeer, type Peer, showMedia } from './peers.ts'

type Of<K extends keyof typeof mediaMessages> = Payload<typeof mediaMessages, K>
type Answer<K extends keyof typeof mediaMessages> = Reply<typeof mediaMessages, K>
const SCREEN: readonly MediaSource[] = ['screen', 'screenAudio']

export type RoomMediaDeps = {
  readonly media: Media
  readonly room: string
  readonly turns: Turns<StudyPlace>
  /** To one connection; lost if it is away. */
  tell(session: string, event: MediaEvent): void
}

/**
 * A room's media: opened with the first who joins, closed with the last. Who is in and what he publishes is known here at once and shown
 * by patch in a turn; what is no longer allowed ends at once as well, whatever the ledger does (I7). Media alone keeps no room
 * awake.
 */
export class RoomMedia {
  readonly #deps: RoomMediaDeps
  #open: MediaPlace | undefined
  #speaker: string | null = null
  #epoch = 0
  #shows = false
  #closed = false

  constructor(deps: RoomMediaDeps) {
    this.#deps = deps
    showMedia(deps.turns.place, this.#shown())
  }

  async join({ userId, session }: Who): Promise<Answer<'media.join'> | Refusal> {
    const { media, turns } = this.#deps
    if (this.#closed) return refuse('draining')
    if (media.unavailable !== '') {
      this.#show()
      return refuse('no_media', { why: media.unavailable })
    }
    const refusal = mayJoin(turns.place, { userId, session })
    if (refusal) return refusal
    const peer = newPeer(userId)
    this.#peers.set(session, peer)
    const open = this.#opened()
    const { epoch } = open
    let answer = await open.join(session)
    // The worker died meanwhile: he comes into the next one.
    if (isRefusal(answer) && open.epoch !== epoch && this.#peers.get(session) === peer)
      answer = await open.join(session)
    if (this.#peers.get(session) !== peer) {
      // He has left, or was put out, or has asked once more.
      if (!this.#peers.has(session)) open.closePeer(session)
      return refuse('conflict')
    }
    if (isRefusal(answer)) this.drop(session)
    else peer.in = true
    this.#show()
    return answer
  }

  /** Passes a request on, for who is in. */
  async request<K extends MediaRequest>({ session }: Who, type: K, payload: Of<K>): Promise<Answer<K> | Refusal> {
    if (!this.#open || !this.#peers.get(session)?.in) return refuse('not_found')
    return this.#open.request(session, type, payload)
  }

  async produce(who: Who, payload: Of<'media.produce'>): Promise<Answer<'media.produce'> | Refusal> {
    const may = () => mayPublish(this.#place, who.userId, payload.source, this.#now, payload.paused)
    const refusal = may()
    if (refusal) return refusal
    const answer = await this.request(who, 'media.produce', payload)
    // Much may have happened meanwhile.
    this.settle()
    return may() ?? answer
  }

  async setPaused(who: Who, { source, paused }: Of<'media.setPaused'>): Promise<Answer<'media.setPaused'> | Refusal> {
    if (!this.#peers.get(who.session)?.producers.has(source)) return refuse('not_found')
    const refusal = paused ? null : mayPublish(this.#place, who.userId, source, this.#now)
    if (refusal) return refusal
    await this.#open?.setPaused(who.session, source, paused)
    this.settle()
    return {}
  }

  setDeafened({ session }: Who, on: boolean): Answer<'media.setDeafened'> | Refusal {
    const peer = this.#peers.get(session)
    if (!peer?.in) return refuse('not_found')
    peer.deafened = on
    this.#show()
    return {}
  }

  /** Stops what a connection publishes; with a screen its sound. True if there was something. */
  stop(session: string, source: MediaSource): boolean {
    const producers = this.#peers.get(session)?.producers
    const there = (source === 'screen' ? SCREEN : [source]).filter((one) => producers?.delete(one))
    for (const one of there) this.#open?.stop(session, one)
    if (there.length > 0) this.#show()
    return there.length > 0
  }

  /** A moderator stops a member's source. */
  stopOf(userId: string, source: MediaSource, by: Pick<Who, 'userId' | 'name'>): void {
    const session = this.#place.hidden.sessions.get(userId)
    if (session !== undefined && this.stop(session, source))
      this.#deps.tell(session, { kind: 'stopped', source, by: by.userId, byName: by.name })
  }

  /** Mutes the open microphones of these; how many there were. */
  mute(userIds: readonly string[], by: Pick<Who, 'userId' | 'name'>): number {
    const muted = userIds.filter((userId) => {
      const session = this.#place.hidden.sessions.get(userId)
      return session !== undefined && this.#mute(session, by)
    })
    return muted.length
  }

  /** Ends all that a connection has here, at once. */
  drop(session: string): void {
    if (!this.#peers.delete(session)) return
    this.#open?.closePeer(session)
    // Nothing of an empty room stands in the SFU.
    if (this.#peers.size === 0) this.#shut()
    this.#show()
  }

  /** Ends what may no longer be there; `events`: what has just been committed. Costs little when nothing is. */
  settle(events: readonly Event[] = []): void {
    for (const stray of straysOf(this.#place, this.#now)) {
      if (stray.do === 'close') {
        this.drop(stray.session)
        continue
      }
      const by = causeOf(this.#place, events, stray)
      if (stray.do === 'pause') this.#mute(stray.session, by)
      else if (this.stop(stray.session, stray.source))
        this.#deps.tell(stray.session, { kind: 'stopped', source: stray.source, by: by.userId, byName: by.name })
    }
  }

  /** The room is no longer live here: everything ends, and nothing begins any more. */
  close(): void {
    this.#closed = true
    this.#peers.clear()
    this.#shut()
  }

  get #place(): StudyPlace {
    return this.#deps.turns.place
  }
  get #peers(): Map<string, Peer> {
    return this.#place.hidden.peers
  }
  get #now(): number {
    return this.#deps.turns.now()
  }

  #mute(session: string, { userId, name }: Pick<Who, 'userId' | 'name'>): boolean {
    const microphone = this.#peers.get(session)?.producers.get('microphone')
    if (!microphone || microphone.paused) return false
    microphone.paused = true
    void this.#open?.setPaused(session, 'microphone', true)
    this.#deps.tell(session, { kind: 'muted', source: 'microphone', by: userId, byName: name })
    this.#show()
    return true
  }

  #opened(): MediaPlace {
    if (this.#open) return this.#open
    const { media, room } = this.#deps
    // What a place tells that was shut already concerns nobody.
    let open: MediaPlace | undefined
    const ours = () => open !== undefined && this.#open === open
    open = media.open(room, this.#hooks(ours))
    this.#open = open
    return open
  }

  #shut(): void {
    const open = this.#open
    this.#open = undefined
    this.#speaker = null
    open?.close()
  }

  #hooks(ours: () => boolean): MediaHooks {
    const change = (session: string, how: (peer: Peer) => void) => {
      const peer = ours() ? this.#peers.get(session) : undefined
      if (!peer) return
      how(peer)
      this.#show()
    }
    return {
      published: (session, source, id) =>
        change(session, ({ producers }) => {
          if (id === null) producers.delete(source)
          else producers.set(source, { id, paused: false })
        }),
      paused: (session, source, paused) =>
        change(session, ({ producers }) => {
          const producer = producers.get(source)
          if (producer) producer.paused = paused
        }),
      levels: (levels, speaker) => {
        if (!ours()) return
        this.#speaker = speaker
        for (const [session, peer] of this.#peers) peer.level = levels.get(session) ?? 0
        this.#show()
      },
      restarted: (epoch) => {
        if (!ours()) return
        this.#epoch = epoch
        this.#speaker = null
        // Who is on his way in comes into the new one, or is refused.
        for (const [session, peer] of this.#peers) if (peer.in) this.#peers.delete(session)
        this.#show()
      },
      tell: (session, event) => {
        if (ours() && this.#peers.has(session)) this.#deps.tell(session, event)
      },
    }
  }

  #shown() {
    const { unavailable, places } = this.#deps.media
    this.#epoch = this.#open?.epoch ?? this.#epoch
    return { unavailable, places, epoch: this.#epoch, speaker: this.#speaker }
  }

  /** One turn shows all that has changed until then. */
  #show(): void {
    if (this.#shows || this.#closed) return
    this.#shows = true
    void this.#deps.turns.live((place) => {
      this.#shows = false
      showMedia(place, this.#shown())
    }, true)
  }
}
