import { type AppendBatch, type Ledger, LedgerUnavailable } from '#persistence/ports/ledger.ts'
import type { Draft } from '#schemas/events/envelope.ts'

/** A real ledger behind a switch: it can be away, or keep appends waiting, as tests want it. */
export function faultyLedger(real: Ledger) {
  let away = false
  let hold: Promise<void> | undefined
  let release = () => {}
  let held = () => {}
  let late: { method: string; until: Promise<void>; done(): void } | undefined
  const appended = new Map<string, Draft[]>()
  const ledger = new Proxy(real, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return async (...args: unknown[]) => {
        if (away && name !== 'close') throw new LedgerUnavailable('away')
        if (hold && name === 'append') {
          held()
          await hold
        }
        if (name === 'append') {
          const { place, events } = args[0] as AppendBatch
          appended.set(place, [...(appended.get(place) ?? []), ...events])
        }
        const answer: unknown = await method.apply(target, args)
        if (late?.method === name) {
          const { until, done } = late
          late = undefined
          done()
          await until
        }
        return answer
      }
    },
  })
  return {
    ledger,
    real,
    /** What was given to be appended to a place, also if it has ended since. */
    appended: (place: string): readonly Draft[] => appended.get(place) ?? [],
    away(on: boolean): void {
      away = on
    },
    /** The next answer of this method is held back until `release`; it is `done` in the ledger before. */
    lateAnswer(method: keyof Ledger): { done: Promise<void>; release: () => void } {
      let release = () => {}
      const until = new Promise<void>((resolve) => {
        release = resolve
      })
      const done = new Promise<void>((resolve) => {
        late = { method, until, done: resolve }
      })
      return { done, release }
    },
    /** From now on appends wait; resolves when the first one does. */
    holdAppends(): { waiting: Promise<void>; release: () => void } {
      hold = new Promise((resolve) => {
        release = () => {
          hold = undefined
          resolve()
        }
      })
      const waiting = new Promise<void>((resolve) => {
        held = resolve
      })
      return { waiting, release: () => release() }
    },
  }
}
