import { type AppendBatch, type Ledger, LedgerUnavailable } from '#persistence/ports/ledger.ts'
import type { Draft } from '#schemas/events/envelope.ts'

/** A real ledger behind a switch: it can be away, or keep appends waiting, as tests want it. */
export function faultyLedger(real: Ledger) {
  let away = false
  let hold: Promise<void> | undefined
  let release = () => {}
  let held = () => {}
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
        return method.apply(target, args)
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
