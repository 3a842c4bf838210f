import type { StudyHandle } from '#client/types.ts'
import { allSent, type Guest, guest, opensRoom, sitsDown } from '../testing/crowd.ts'
import type { Words } from './words.ts'

export type Lively = {
  readonly people: readonly Guest[]
  /** The room with everybody in it, by id and name, and the one with a password. */
  readonly busy: string
  readonly busyName: string
  readonly locked: string
  readonly evening: string
  readonly eveningName: string
  readonly members: readonly StudyHandle[]
  /** One more, who goes with the others. */
  comes(name: string): Promise<Guest>
  close(): Promise<void>
}

/** Nine people in five rooms: one of them busy, with a timer, talk, a raised hand and lit desks. */
export async function fillPlace(origin: string, words: Words): Promise<Lively> {
  const people = await Promise.all([...words.people, words.longName].map((name) => guest(origin, name)))
  const at = (i: number) => people[i] as Guest
  const ids: string[] = []
  for (const [i, facts] of words.rooms.entries()) {
    const id = await opensRoom(at(i), facts)
    ids.push(id)
    await sitsDown(at(i), id, facts.password)
  }
  const [busy = '', locked = '', evening = ''] = ids
  const members = [await sitsDown(at(0), busy)]
  for (const i of [5, 7, 8]) members.push(await sitsDown(at(i), busy))
  await sitsDown(at(6), evening)
  const owner = members[0] as StudyHandle
  await owner.request('room.change', { notice: words.notice })
  for (const [i, text] of words.talk.entries()) {
    const room = members[[0, 1, 2, 1, 2, 3, 0, 3][i] ?? 0] as StudyHandle
    room.chat.send(text, i === 3 ? { replyTo: 3 } : {})
    await allSent(room)
  }
  await owner.request('chat.react', { number: 4, emoji: '❤️', on: true })
  for (const room of members.slice(2)) await room.request('chat.react', { number: 4, emoji: '🙏', on: true })
  await owner.request('chat.pin', { number: 4, on: true })
  await owner.request('timer.start', {})
  for (const room of members.slice(0, 3)) await room.request('study.start', {})
  await members[3]?.request('member.setStatus', { status: 'away' })
  await members[2]?.request('hand.raise', { topic: words.topic })
  const far = at(2).hub.place.get()
  if (far.status === 'in') {
    await far.room.request('timer.start', {})
    await far.room.request('timer.skip', { index: 0 })
  }
  const busyName = words.rooms[0]?.name ?? ''
  const more: Guest[] = []
  const comes = async (name: string) => {
    const one = await guest(origin, name)
    more.push(one)
    return one
  }
  const close = async () => void (await Promise.all([...people, ...more].map(({ hub }) => hub.close())))
  const eveningName = words.rooms[2]?.name ?? ''
  return { people, busy, busyName, locked, evening, eveningName, members, comes, close }
}
