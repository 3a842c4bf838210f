import { StoreUnavailable } from '../ports/storeUnavailable.ts'

/**
 * The answer to a start's first question to a store. One that is away is asked a second time: a process that has just started on a busy
 * machine may have had no turn itself while the limit of the first question passed.
 */
export async function onceMore<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    return ask()
  }
}
