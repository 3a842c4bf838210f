import type { Media, MediaHooks, MediaPlace, MediaRequest } from '#media/ports/media.ts'
import type { MediaSource } from '#schemas/media/sources.ts'
import { refuse } from '#schemas/refusals.ts'

/** What a room asks of its SFU, and what it would be told, by hand: for the glue between the two only. */
export class HandMedia implements Media {
  unavailable: Media['unavailable'] = ''
  places = 25
  /** Those that were opened, in order. */
  readonly opened: HandPlace[] = []

  get place(): HandPlace {
    const last = this.opened.at(-1)
    if (!last) throw new Error('nobody has opened this place')
    return last
  }
  open(place: string, hooks: MediaHooks): HandPlace {
    const opened = new HandPlace(place, hooks, this.opened.length + 1)
    this.opened.push(opened)
    return opened
  }
  async close() {}
}

export class HandPlace implements MediaPlace {
  readonly name: string
  readonly hooks: MediaHooks
  epoch: number
  closed = false
  /** Everything that was asked, in words. */
  readonly asked: string[] = []
  readonly #in = new Map<string, Map<MediaSource, boolean>>()
  #produced = 0
  /** Joins wait for it. */
  gate: Promise<unknown> = Promise.resolve()

  constructor(name: string, hooks: MediaHooks, epoch: number) {
    this.name = name
    this.hooks = hooks
    this.epoch = epoch
  }
  get size() {
    return this.#in.size
  }
  has(peer: string) {
    return this.#in.has(peer)
  }

  async join(peer: string) {
    const { epoch } = this
    await this.gate
    if (this.closed || this.epoch !== epoch) return refuse('not_found')
    this.#in.set(peer, new Map())
    return { epoch: this.epoch, rtpCapabilities: {}, iceServers: [] }
  }

  async request<K extends MediaRequest>(peer: string, type: K, payload: Record<string, unknown>) {
    this.asked.push(`${type} ${peer}`)
    const own = this.#in.get(peer)
    if (!own) return refuse('not_found')
    if (type !== 'media.produce') return {} as never
    const source = payload['source'] as MediaSource
    const producer = `p${++this.#produced}`
    own.set(source, payload['paused'] === true)
    this.hooks.published(peer, source, producer)
    if (payload['paused'] === true) this.hooks.paused(peer, source, true)
    return { producer } as never
  }

  async setPaused(peer: string, source: MediaSource, paused: boolean) {
    this.asked.push(`setPaused ${peer} ${source} ${paused}`)
    await Promise.resolve()
    const own = this.#in.get(peer)
    if (!own?.has(source) || own.get(source) === paused) return
    own.set(source, paused)
    this.hooks.paused(peer, source, paused)
  }

  stop(peer: string, source: MediaSource) {
    this.asked.push(`stop ${peer} ${source}`)
    if (this.#in.get(peer)?.delete(source)) this.hooks.published(peer, source, null)
  }

  closePeer(peer: string) {
    const own = this.#in.get(peer)
    if (!own) return
    for (const source of own.keys()) this.hooks.published(peer, source, null)
    this.#in.delete(peer)
  }

  /** Its worker dies. */
  restart() {
    this.#in.clear()
    this.epoch += 1000
    this.hooks.restarted(this.epoch)
  }

  close() {
    this.closed = true
    this.#in.clear()
  }
}
