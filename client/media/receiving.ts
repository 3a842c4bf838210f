import type { types } from 'mediasoup-client'
import { limits } from '#schemas/limits.ts'
import { kindOf, type MediaSource } from '#schemas/media/sources.ts'
import type { ConsumerShown, MediaEvent } from '#schemas/messages/media.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { TimerGroup, type Timers } from '../timers.ts'
import type { StudyRequest } from '../types.ts'
import { ConsumerPlan } from './consumerPlan.ts'
import { ConsumerSettings } from './consumerSettings.ts'
import { askedOf } from './layers.ts'
import { consumerOf } from './ortc.ts'
import { isForgotten } from './refused.ts'
import type { Looking } from './types.ts'

export type Published = { readonly userId: string; readonly source: MediaSource }

export type ReceivingDeps = {
  readonly request: StudyRequest
  readonly timers: Timers
  /** Where consumers are opened. */
  receiver(): Promise<types.Transport | Refusal>
  looking(published: Published): Looking
  deafened(): boolean
  changed(): void
  lost(): void
}

type Held = Published & {
  readonly consumer: types.Consumer
  readonly type: string
  paused: boolean
  score: number | null
}

/** The consumers of one session, led by what state says is published (I13): events only tell earlier. */
export class Receiving {
  readonly #deps: ReceivingDeps
  readonly #timers: TimerGroup
  readonly #plan = new ConsumerPlan()
  readonly #settings: ConsumerSettings
  /** By producer. */
  readonly #held = new Map<string, Held>()
  #published: ReadonlyMap<string, Published> = new Map()
  /** Events of consumers whose answer is still on its way. */
  #early: MediaEvent[] = []
  #running = false
  #again = false
  #cancelAgain = () => {}
  #closed = false

  constructor(deps: ReceivingDeps) {
    this.#deps = deps
    this.#timers = new TimerGroup(deps.timers)
    this.#settings = new ConsumerSettings(deps.request, this.#timers)
  }

  /** What others publish now, by producer. */
  follow(published: ReadonlyMap<string, Published>): void {
    if (this.#closed) return
    this.#published = published
    for (const producer of this.#plan.want(new Set(published.keys()))) this.#drop(producer)
    void this.#run()
  }

  /** All that is published is open, or was tried. */
  get settled(): boolean {
    return this.#plan.settled
  }

  held(producer: string): { track: MediaStreamTrack; paused: boolean; score: number | null } | null {
    const held = this.#held.get(producer)
    return held ? { track: held.consumer.track, paused: held.paused, score: held.score } : null
  }

  /** Looking, or deafness, has changed. */
  retune(): void {
    for (const held of this.#held.values()) this.#tune(held)
  }

  heard(event: MediaEvent): void {
    if (!('consumer' in event)) return
    for (const [producer, held] of this.#held) {
      if (held.consumer.id !== event.consumer) continue
      this.#apply(producer, held, event)
      this.#deps.changed()
      return
    }
    if (this.#running) this.#early.push(event)
  }

  /** Idempotent. The tracks end with the session, not here: they are shown until others take their place. */
  close(): void {
    this.#closed = true
    this.#timers.close()
  }

  #apply(producer: string, held: Held, event: MediaEvent): void {
    if (event.kind === 'consumerPaused') held.paused = event.paused
    else if (event.kind === 'consumerScore') held.score = event.score
    else if (event.kind === 'consumerClosed') {
      this.#drop(producer)
      this.#plan.closed(producer, this.#timers.mono())
      this.#schedule()
    }
  }

  #drop(producer: string): void {
    const held = this.#held.get(producer)
    if (!held) return
    this.#held.delete(producer)
    this.#settings.forget(held.consumer.id)
    held.consumer.close()
  }

  async #run(): Promise<void> {
    this.#again = true
    if (this.#running || this.#closed) return
    this.#running = true
    do {
      this.#again = false
      const batch = this.#plan.ask(this.#timers.mono(), limits.mediaConsumersAtOnce)
      if (batch.length === 0) continue
      await this.#open(batch)
      this.#again = true
    } while (this.#again && !this.#closed)
    this.#early = []
    this.#running = false
    this.#schedule()
    if (!this.#closed) this.#deps.changed()
  }

  /** Asks again for what was left out, when its time has come. */
  #schedule(): void {
    this.#cancelAgain()
    const at = this.#plan.nextAt()
    if (at === null) return
    this.#cancelAgain = this.#timers.after(at - this.#timers.mono(), () => void this.#run())
  }

  async #open(producers: readonly string[]): Promise<void> {
    const shown = await this.#ask(producers)
    const byProducer = new Map(shown.consumers.map((consumer) => [consumer.producer, consumer]))
    await Promise.all(
      producers.map(async (producer) => {
        const consumer = byProducer.get(producer)
        const opened = consumer && shown.transport ? await this.#take(shown.transport, consumer) : false
        if (!opened) this.#plan.closed(producer, this.#timers.mono())
      }),
    )
    this.#deps.changed()
  }

  async #ask(producers: readonly string[]): Promise<{ transport: types.Transport | null; consumers: ConsumerShown[] }> {
    const transport = await this.#deps.receiver()
    if (this.#closed || isRefusal(transport)) return { transport: null, consumers: [] }
    const reply = await this.#deps.request('media.consume', { producers: [...producers] })
    if (!isRefusal(reply)) return { transport, consumers: reply.consumers }
    if (isForgotten(reply) && !this.#closed) this.#deps.lost()
    return { transport, consumers: [] }
  }

  /** False: there is no consumer now. */
  async #take(transport: types.Transport, shown: ConsumerShown): Promise<boolean> {
    const published = this.#published.get(shown.producer)
    // What one member says and shows belongs together; his screen's sound to his screen.
    const stream = `${published?.userId ?? ''}-${published?.source.startsWith('screen') ? 'screen' : 'self'}`
    const consumer = await transport.consume(consumerOf(shown, stream)).catch(() => null)
    if (this.#closed || !consumer) {
      consumer?.close()
      if (!this.#closed) void this.#deps.request('media.closeConsumers', { consumers: [shown.consumer] })
      return false
    }
    const now = this.#published.get(shown.producer)
    if (!now || !this.#plan.opened(shown.producer)) {
      // Its producer is gone, and with it the SFU's half.
      consumer.close()
      return false
    }
    const held: Held = { ...now, consumer, type: shown.type, paused: shown.producerPaused, score: null }
    this.#held.set(shown.producer, held)
    for (const event of this.#early)
      if ('consumer' in event && event.consumer === consumer.id) this.#apply(shown.producer, held, event)
    if (this.#held.has(shown.producer)) this.#tune(held)
    return true
  }

  #tune(held: Held): void {
    const deafened = this.#deps.deafened()
    // Deaf is deaf at once, whatever the SFU still sends.
    if (kindOf(held.source) === 'audio') held.consumer.track.enabled = !deafened
    this.#settings.want(held.consumer.id, askedOf(held.source, this.#deps.looking(held), deafened, held.type))
  }
}
