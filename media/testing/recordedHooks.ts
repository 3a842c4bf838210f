import type { MediaHooks } from '#media/ports/media.ts'
import type { MediaSource } from '#schemas/media/sources.ts'
import type { MediaEvent } from '#schemas/messages/media.ts'

/** Hooks that keep what they were told. */
export class RecordedHooks implements MediaHooks {
  /** `peer source` → producer. */
  readonly producers = new Map<string, string>()
  readonly pausedSources = new Set<string>()
  readonly heard: { levels: ReadonlyMap<string, number>; speaker: string | null; at: number }[] = []
  readonly epochs: number[] = []
  readonly told: { peer: string; event: MediaEvent }[] = []

  published(peer: string, source: MediaSource, producer: string | null) {
    this.pausedSources.delete(`${peer} ${source}`)
    if (producer) this.producers.set(`${peer} ${source}`, producer)
    else this.producers.delete(`${peer} ${source}`)
  }
  paused(peer: string, source: MediaSource, paused: boolean) {
    if (paused) this.pausedSources.add(`${peer} ${source}`)
    else this.pausedSources.delete(`${peer} ${source}`)
  }
  levels(levels: ReadonlyMap<string, number>, speaker: string | null) {
    this.heard.push({ levels: new Map(levels), speaker, at: performance.now() })
  }
  restarted(epoch: number) {
    this.producers.clear()
    this.epochs.push(epoch)
  }
  tell(peer: string, event: MediaEvent) {
    this.told.push({ peer, event })
  }
}
