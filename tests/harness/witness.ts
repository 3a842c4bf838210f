import type { StudyHandle } from '#client/types.ts'
import { limits } from '#schemas/limits.ts'

/**
 * What clients were shown, of all of them together. Only what is committed is shown, so whatever one of them saw once has
 * to be the same for all others and for ever (I3, I11).
 */
export class Witness {
  readonly shown = new Map<number, string>()
  readonly faults: string[] = []
  /** Highest number that some client was told to be stored. */
  stored = 0

  note(number: number, text: string, by: string): void {
    const known = this.shown.get(number)
    if (known === undefined) this.shown.set(number, text)
    else if (known !== text) this.faults.push(`${by} was shown ${number} as ${text}, others as ${known}`)
  }

  /** Looks at every patch of this stay. */
  watch(handle: StudyHandle, by: string): () => void {
    let seen = 0
    const look = () => {
      const { chat, chatHead, storedThrough } = handle.state
      if (chat === undefined || chatHead === undefined) return
      if (chatHead < seen) this.faults.push(`${by} saw the head go back from ${seen} to ${chatHead}`)
      for (let number = Math.max(seen + 1, chatHead - limits.chatWindow + 1); number <= chatHead; number++) {
        const slot = chat[number % limits.chatWindow]
        if (slot?.number !== number) this.faults.push(`${by} saw the head at ${chatHead} but not ${number}`)
        else this.note(number, slot.text, by)
      }
      seen = Math.max(seen, chatHead)
      this.stored = Math.max(this.stored, storedThrough)
    }
    look()
    return handle.changes.subscribe(look)
  }
}
