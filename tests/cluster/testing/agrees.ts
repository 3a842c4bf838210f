import { expect } from 'vitest'
import { historyOf } from '../../harness/historyOf.ts'
import type { Resident } from '../../harness/resident.ts'
import type { StoredRoom } from './stored.ts'

/** Who said what, each in his order. */
export type Said = ReadonlyMap<Resident, readonly string[]>

/**
 * The oracle of a room: history, event log, archive and database tell one story, which holds every text once, each author's in his
 * order, numbers from 1 on without a gap, what clients were shown under the number under which they were shown it; no event number
 * was used twice, and none by an owner of before (I2, I3, I11).
 */
export async function agrees(
  reader: Resident,
  roomId: string,
  said: Said,
  shown: ReadonlyMap<number, string>,
  stored: StoredRoom,
) {
  const history = await historyOf(reader, roomId)
  const told = history.map(({ number, author, text }) => ({ number, author, text }))
  expect(told.map(({ number }) => number)).toEqual(told.map((_, i) => i + 1))
  expect(told.map(({ text }) => text).toSorted()).toEqual([...said.values()].flat().toSorted())
  for (const [{ userId }, texts] of said)
    expect(told.filter(({ author }) => author === userId).map(({ text }) => text)).toEqual(texts)
  for (const [number, text] of shown) expect([number, told[number - 1]?.text]).toEqual([number, text])

  expect(stored.archive.map(({ number, author, text }) => ({ number, author, text }))).toEqual(told)
  expect(stored.chatHead).toBe(told.length)

  const once = new Map(stored.log.map((event) => [event.id, event]))
  const events = [...once.values()]
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
  expect(events.map(({ epoch }) => epoch)).toEqual(events.map(({ epoch }) => epoch).toSorted((a, b) => a - b))
  const sent = events
    .filter(({ type }) => type === 'chat.sent')
    .map(({ data }) => data as { number: number; text: string })
  expect(sent.map(({ number, text }) => ({ number, text }))).toEqual(told.map(({ number, text }) => ({ number, text })))
}
