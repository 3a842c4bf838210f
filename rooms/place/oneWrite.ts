import type { Client } from '@colyseus/core'
import { streamOf } from './streamOf.ts'

/**
 * What each client is sent from here to the end of the present microtasks leaves in one write: a turn's patch, its replies
 * and its pushes. Writing is most of what a turn in a full room costs.
 */
export function inOneWrite(clients: readonly Client[]): void {
  const streams = clients.map(streamOf).filter((stream) => stream !== undefined)
  for (const stream of streams) stream.cork()
  process.nextTick(() => {
    for (const stream of streams) stream.uncork()
  })
}
