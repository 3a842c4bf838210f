import { expect, test } from 'vitest'
import type { ShownMessage } from '#client/types.ts'
import { untouched } from '#schemas/chat/changed.ts'
import { rowsOf } from './rows.ts'

const message = (number: number, author: string, at: number): ShownMessage => ({
  number,
  author,
  authorName: author,
  text: `m${number}`,
  at,
  replyTo: null,
  mentions: [],
  ...untouched(),
  delivery: 'stored',
  key: `k${number}`,
  n: null,
  refused: null,
  keptBack: null,
})
const noon = new Date(2026, 2, 3, 12).getTime()
const shape = (rows: ReturnType<typeof rowsOf>) =>
  rows.map((r) => (r.kind === 'message' ? `${r.message.number}${r.first ? '*' : ''}` : r.kind))

test('CHATVIEW-1: messages of one author within five minutes are one group', () => {
  const rows = rowsOf(
    [
      message(1, 'a', noon),
      message(2, 'a', noon + 60_000),
      message(3, 'a', noon + 600_000),
      message(4, 'b', noon + 601_000),
    ],
    0,
    'z',
  )
  expect(shape(rows)).toEqual(['day', '1*', '2', '3*', '4*'])
})

test('CHATVIEW-2: the new line stands before the first unread message of somebody else, once', () => {
  const rows = rowsOf(
    [message(1, 'a', noon), message(2, 'me', noon), message(3, 'a', noon), message(4, 'a', noon)],
    1,
    'me',
  )
  expect(shape(rows)).toEqual(['day', '1*', '2*', 'new', '3*', '4'])
})

test('CHATVIEW-3: each day begins with a divider', () => {
  const rows = rowsOf([message(1, 'a', noon), message(2, 'a', noon + 86_400_000)], 0, 'me')
  expect(shape(rows)).toEqual(['day', '1*', 'day', '2*'])
})
