import type { House } from './House.ts'
import type { Person } from './Person.ts'
import { watchConnections } from './rtcStats.ts'
import { watchSound } from './watchSound.ts'

/** People who sit in one room, each with a browser that keeps its connections and sounds to be asked; the first has opened it. */
export async function sitTogether(house: House, room: string, ...names: string[]): Promise<Person[]> {
  const people = await Promise.all(names.map((name) => house.person(name)))
  for (const { page } of people) {
    await watchConnections(page)
    await watchSound(page)
  }
  await Promise.all(people.map((person) => person.signUp()))
  const [first, ...others] = people
  const id = await first?.openRoom(room)
  for (const person of others) {
    await person.open(`/rooms/${id}`)
    await person.isIn(room)
  }
  return people
}
