import { type Client, ClientState, Protocol } from '@colyseus/core'
import { Decoder, schema, t } from '@colyseus/schema'
import { expect, test } from 'vitest'
import { TurnSerializer } from './turnSerializer.ts'

const Board = schema({ text: t.string().default(''), number: t.number().default(0) }, 'Board')
type Board = InstanceType<typeof Board>

/** A reader whose socket keeps what it was handed, as a slow one's does, and reads it later. */
function reader() {
  const frames: Uint8Array[] = []
  // The two things that the serializer asks of a client.
  const client = { state: ClientState.JOINED, raw: (bytes: Uint8Array) => void frames.push(bytes) } as unknown as Client
  return { client, frames }
}
function table() {
  const state = new Board()
  const serializer = new TurnSerializer<Board>()
  serializer.reset(state)
  return { state, serializer }
}
function decoded(frames: readonly Uint8Array[]): Board {
  const board = new Board()
  const decoder = new Decoder(board)
  for (const frame of frames) if (frame.length > 1) decoder.decode(frame, { offset: 1 })
  return board
}

test('PLACE-6: what was handed to a slow socket is not rewritten by later patches or full states', () => {
  const { state, serializer } = table()
  const slow = reader()
  slow.client.raw(serializer.getFullState(slow.client))
  const texts: string[] = []
  for (let i = 1; i <= 20; i++) {
    state.assign({ text: `${'x'.repeat(i * 7)} ${i}`, number: i })
    serializer.applyPatches([slow.client])
    serializer.getFullState(reader().client)
    texts.push(state.text)
  }
  expect(decoded(slow.frames.slice(0, 1))).toMatchObject({ text: '', number: 0 })
  texts.forEach((text, i) => {
    expect(decoded(slow.frames.slice(0, i + 2))).toMatchObject({ text, number: i + 1 })
  })
})

test('PLACE-2: a full state asked for in a turn comes at its end, once, and the patch of that turn does not', () => {
  const { state, serializer } = table()
  const [here, joining] = [reader(), reader()]
  here.client.raw(serializer.getFullState(here.client))
  serializer.turnOpen = true
  state.text = 'undecided'
  expect(serializer.getFullState(joining.client)).toHaveLength(0)
  expect(serializer.isWaiting(joining.client)).toBe(true)
  state.text = 'committed'
  serializer.turnOpen = false
  serializer.applyPatches([here.client, joining.client])
  expect(joining.frames.map((f) => f[0])).toEqual([Protocol.ROOM_STATE])
  expect(decoded(joining.frames).text).toBe('committed')
  expect(decoded(here.frames).text).toBe('committed')
  expect(serializer.isWaiting(joining.client)).toBe(false)
})

test('PLACE-2: who was waiting and left meanwhile gets nothing', () => {
  const { state, serializer } = table()
  const gone = reader()
  serializer.turnOpen = true
  state.text = 'undecided'
  serializer.getFullState(gone.client)
  serializer.turnOpen = false
  serializer.applyPatches([])
  expect(gone.frames).toEqual([])
})

test('PLACE-2: a full state larger than the buffer is whole, also the second time', () => {
  const { state, serializer } = table()
  state.text = 'y'.repeat(50_000)
  const [one, two] = [reader(), reader()]
  for (const { client } of [one, two]) client.raw(serializer.getFullState(client))
  for (const { frames } of [one, two]) expect(decoded(frames).text).toHaveLength(50_000)
})
