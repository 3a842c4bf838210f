import type { Ledger } from '../ports/ledger.ts'

const EVERY_MS = 1000

export type OpenGenerationsDeps = {
  readonly ledger: Pick<Ledger, 'generation' | 'openGeneration'>
  /** Resolves when the archive has passed the log's end as it was at the call; rejects when `gone` says that nobody waits any more. */
  archivePassed(gone: () => boolean): Promise<void>
  /** Called before it is opened: what has to be woken then. */
  wake(): Promise<void>
  opened(id: number): void
  /** It is tried again by itself. */
  failed(error: unknown): void
}

/**
 * Opens a generation of the ledger once the archive has passed the log's end as read after its owners' time (§5.6). Every node of a
 * cluster does so, any number of times. Returns how to stop.
 */
export function openGenerations(deps: OpenGenerationsDeps): () => Promise<void> {
  const { ledger } = deps
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const look = async () => {
    try {
      const { id, state } = await ledger.generation()
      if (state === 'archive') {
        await deps.archivePassed(() => stopped)
        await deps.wake()
        if (await ledger.openGeneration(id)) deps.opened(id)
      }
    } catch (error) {
      if (!stopped) deps.failed(error)
    }
    if (!stopped) timer = setTimeout(next, EVERY_MS).unref()
  }
  const next = () => {
    running = look()
  }
  next()
  return () => {
    stopped = true
    clearTimeout(timer)
    return running
  }
}
