import { expect, test } from 'vitest'
import { isRefusal } from '#schemas/refusals.ts'
import { type Booted, person, type StudyClient, seen } from './testing/bootPlaces.ts'
import { nodeForFile } from './testing/nodeForFile.ts'

const { node } = nodeForFile()

const secret = { ...person('mina'), name: 'Mina Secret' }
const jun = person('jun')
const seated = (entered: Awaited<ReturnType<Booted['enter']>>): StudyClient => {
  if (isRefusal(entered)) throw new Error(entered.refused)
  return entered
}
async function roomWithWords() {
  const id = await node().create(secret, { kind: 'staying' })
  const room = seated(await node().enter(secret, id))
  await room.request('chat.send', { outbox: 'box', n: 1, text: 'what stays', mentions: [] })
  await room.leave()
  return id
}
const firstOf = (room: StudyClient) => [...room.state.chat].find((slot) => slot.number === 1)

test('MEMBER-10: a live room loses the name of a deleted account under the eyes of who sits there', async () => {
  const id = await roomWithWords()
  const room = seated(await node().enter(jun, id))
  expect(firstOf(room)).toMatchObject({ authorName: 'Mina Secret' })
  expect(await node().places.forget('mina', id)).toEqual({})
  await seen(room, () => firstOf(room)?.authorName === '')
  expect(firstOf(room)).toMatchObject({ author: 'mina', text: 'what stays' })
  expect(JSON.stringify(room.state.toJSON())).not.toContain('Mina Secret')
  await room.leave()
})

test('MEMBER-10: a sleeping room is woken for it; who comes later never sees the name; a room that is not is no fault', async () => {
  const id = await roomWithWords()
  await node().actors.get(id)?.drain()
  expect(node().actors.get(id)).toBeUndefined()
  expect(await node().places.forget('mina', id)).toEqual({})
  await node().actors.get(id)?.drain()
  const room = seated(await node().enter(jun, id))
  expect(firstOf(room)).toMatchObject({ author: 'mina', authorName: '', text: 'what stays' })
  expect(JSON.stringify(room.state.toJSON())).not.toContain('Mina Secret')
  await room.leave()
  expect(await node().places.forget('mina', 'never-made')).toEqual({})
})
