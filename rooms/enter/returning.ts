import type { StudyActor } from '#rooms/study/StudyRoom.ts'
import type { Blocks } from '#rooms/users/blocks.ts'
import { limits } from '#schemas/limits.ts'
import type { StudyDay } from './enterStudy.ts'

/**
 * What is known of those who return to a place that has lost its node, so that many who come back at once are no herd to the
 * database: the place itself tells their day and totals, and who of them is blocked with whom is learnt once for all.
 */
export class Returning {
  readonly #blocks: Pick<Blocks, 'learnAll'>
  readonly #learnt = new WeakMap<StudyActor, { readonly at: number; readonly done: Promise<void> }>()

  constructor(blocks: Pick<Blocks, 'learnAll'>) {
    this.#blocks = blocks
  }

  /** The day of somebody who returns; undefined of anybody else, and once the place has been awake for longer. Rejects when storage is away. */
  async dayOf(actor: StudyActor, userId: string, now: number): Promise<StudyDay | undefined> {
    const { state, hidden } = actor.place
    const [member, day] = [state.members.get(userId), hidden.days.get(userId)]
    if (!member || !day || !hidden.returning.has(userId)) return undefined
    let learnt = this.#learnt.get(actor)
    if (!learnt) {
      learnt = { at: now, done: this.#blocks.learnAll([...hidden.returning.keys()]) }
      this.#learnt.set(actor, learnt)
    }
    if (now - learnt.at > limits.returningMs) return undefined
    await learnt.done
    return { studiedMs: member.studiedMs, dayEndsAt: member.dayEndsAt, ...day }
  }
}
