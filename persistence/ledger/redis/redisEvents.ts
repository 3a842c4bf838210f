import type { Envelope } from '#schemas/events/envelope.ts'
import { envelopeOf } from '../eventBody.ts'

/** Entries of a tail, "epoch body", of which the first has the number `first`. */
export const envelopesOf = (key: string, first: number, entries: readonly string[]): Envelope[] =>
  entries.map((entry, i) => {
    const space = entry.indexOf(' ')
    return envelopeOf(key, first + i, Number(entry.slice(0, space)), entry.slice(space + 1))
  })
