import { z } from 'zod'
import { roomSorts } from '#schemas/limits.ts'

/** Where a page ended: the sort it was made for and the last card's sort key. Opaque to clients. */
export type Cursor = {
  readonly sort: (typeof roomSorts)[number]
  readonly keys: readonly number[]
  readonly id: string
}

const shape = z.tuple([z.enum(roomSorts), z.array(z.number()).max(3), z.string().max(64)])

export const writeCursor = ({ sort, keys, id }: Cursor): string =>
  Buffer.from(JSON.stringify([sort, keys, id])).toString('base64url')

/** Null for anything that is not a cursor of ours. */
export function readCursor(text: string): Cursor | null {
  try {
    const parsed = shape.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return parsed.success ? { sort: parsed.data[0], keys: parsed.data[1], id: parsed.data[2] } : null
  } catch {
    return null
  }
}
