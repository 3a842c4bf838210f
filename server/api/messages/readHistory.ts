import type { Archive } from '#persistence/ports/archive.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import type { HistoryPage } from '#schemas/api/rooms.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { after, fromArchive, type Tail, tailMessages } from './tailMessages.ts'

export type HistoryRange = {
  readonly before?: number | undefined
  readonly after?: number | undefined
  /** Milliseconds. */
  readonly at?: number | undefined
  readonly limit: number
}

/**
 * A page of a conversation, ascending: from the archive, filled from the ledger's tail with what the archive still lacks
 * (§5.8). Without a range the newest. `complete` is false when numbers of this page may be missing for now.
 */
export async function readHistory(
  { archive, ledger }: { archive: Archive; ledger: Pick<Ledger, 'marks' | 'tail'> },
  conversation: string,
  range: HistoryRange,
): Promise<HistoryPage> {
  const archived = await archive.newest(conversation)
  const tail = await tailMessages(ledger, conversation, archived)
  const head = Math.max(archived, ...tail.sent.keys())
  const { limit, ...asked } = range
  const bounds = await boundsOf(archive, conversation, asked, tail)
  const stored = await archive.page(conversation, { ...bounds, limit })
  const byNumber = new Map<number, ChatMessage>()
  for (const message of stored) byNumber.set(message.number, tail.changes.reduce(after, fromArchive(message)))
  for (const [number, message] of tail.sent) {
    const known = byNumber.get(number)
    if (inside(number, bounds) && (!known || known.revision < message.revision)) byNumber.set(number, message)
  }
  const all = [...byNumber.values()].sort((a, b) => a.number - b.number)
  const messages = bounds.after === undefined ? all.slice(-limit) : all.slice(0, limit)
  return { messages, complete: tail.joined || dense(messages, bounds, head, limit), first: Math.min(1, head), head }
}

type Bounds = { before?: number; after?: number }

async function boundsOf(
  archive: Archive,
  conversation: string,
  { before, after, at }: Omit<HistoryRange, 'limit'>,
  tail: Tail,
): Promise<Bounds> {
  if (at === undefined)
    return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }
  const stored = await archive.firstAt(conversation, at)
  const recent = [...tail.sent.values()].find((message) => message.at >= at)?.number
  const first = stored ?? recent
  return first === undefined ? {} : { after: first - 1 }
}

const inside = (number: number, { before, after }: Bounds): boolean =>
  (before === undefined || number < before) && (after === undefined || number > after)

/** Numbers are dense, so a page proves by itself that nothing is missing in it. */
function dense(messages: readonly ChatMessage[], { before, after }: Bounds, head: number, limit: number): boolean {
  const numbers = messages.map((message) => message.number)
  const last = Math.min(head, (before ?? head + 1) - 1)
  const low = after === undefined ? Math.max(1, last - limit + 1) : after + 1
  const high = after === undefined ? last : Math.min(last, after + limit)
  return numbers.length === Math.max(0, high - low + 1) && (numbers.length === 0 || numbers[0] === low)
}
