import { deepStrictEqual } from 'node:assert/strict'
import { type Decoder, Encoder, Reflection } from '@colyseus/schema'
import type { Event } from '#schemas/events/catalogue.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import { applyStudy } from '../apply.ts'
import { restore, snapshotOf } from '../snapshot.ts'
import type { StudyPlace } from '../studyPlace.ts'

const roomy = 1024 * 1024

/**
 * Watches a place as its clients and its ledger see it and holds I11: after each turn, what a client decoded from the patches
 * since the beginning, what a joiner decodes from the full state, and the actor's state are equal; and snapshot + events
 * since then = kept state. Throws an AssertionError that shows the difference.
 */
export class Witness {
  readonly #place: StudyPlace
  readonly #encoder: Encoder<StudyState>
  readonly #client: Decoder<StudyState>
  /** Knows the place by a snapshot and the events after it only. */
  #shadow: StudyPlace

  constructor(place: StudyPlace) {
    this.#place = place
    this.#shadow = restore(snapshotOf(place))
    Encoder.BUFFER_SIZE = Math.max(Encoder.BUFFER_SIZE, roomy)
    this.#encoder = new Encoder(place.state)
    this.#client = this.#joiner()
    this.#encoder.discardChanges()
  }

  /** Ends a turn in which exactly these events were applied to the place, in order; returns the bytes of its patch. */
  turn(events: readonly Event[]): number {
    const patch = this.#encoder.encode().slice()
    this.#encoder.discardChanges()
    if (patch.length > 0) this.#client.decode(patch)
    for (const event of events) applyStudy(this.#shadow, event)

    const live = this.#place.state.toJSON()
    deepStrictEqual(this.#client.state.toJSON(), live, 'a client that followed all patches')
    deepStrictEqual(JSON.parse(snapshotOf(this.#shadow)), JSON.parse(snapshotOf(this.#place)), 'snapshot + events')
    return patch.length
  }

  /** As `turn` does for those who were there: for one who joins now. Costs a full state. */
  joins(): void {
    deepStrictEqual(this.#joiner().state.toJSON(), this.#place.state.toJSON(), 'a client that joins now')
  }

  /** The next comparisons start from a snapshot taken now. */
  snapshot(): void {
    this.#shadow = restore(snapshotOf(this.#shadow))
  }

  #joiner(): Decoder<StudyState> {
    const decoder = Reflection.decode<StudyState>(Reflection.encode(this.#encoder))
    decoder.decode(this.#encoder.encodeAll().slice())
    return decoder
  }
}
