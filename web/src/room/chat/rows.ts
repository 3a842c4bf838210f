import type { ShownMessage } from '#client/types.ts'

/** What the list shows: dividers and messages, grouped by author and minutes. */
export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'new'; key: string }
  | { kind: 'message'; key: string; message: ShownMessage; first: boolean }

const GROUP_MS = 5 * 60_000

/** `readThrough` is where the "new" line stands: the marker as it was when the person began to look. */
export function rowsOf(messages: readonly ShownMessage[], readThrough: number, me: string): Row[] {
  const rows: Row[] = []
  let before: ShownMessage | undefined
  let marked = readThrough === 0
  let day = { from: 0, to: 0 }
  for (const message of messages) {
    const newDay = !(message.at >= day.from && message.at < day.to)
    if (newDay) day = dayAround(message.at)
    if (newDay) rows.push({ kind: 'day', key: `day-${day.from}-${message.key}`, at: message.at })
    const isNew = !marked && message.number > readThrough && message.delivery !== 'sending' && message.author !== me
    if (isNew) {
      rows.push({ kind: 'new', key: 'new' })
      marked = true
    }
    const first =
      newDay ||
      isNew ||
      !before ||
      before.author !== message.author ||
      message.at - before.at > GROUP_MS ||
      message.replyTo !== null
    rows.push({ kind: 'message', key: message.key, message, first })
    before = message
  }
  return rows
}

/** The local calendar day that holds `at`; computed once per day of the list, for lists are long. */
function dayAround(at: number): { from: number; to: number } {
  const date = new Date(at)
  const start = (shift: number) => new Date(date.getFullYear(), date.getMonth(), date.getDate() + shift).getTime()
  return { from: start(0), to: start(1) }
}
