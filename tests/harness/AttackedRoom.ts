import './quietSdk.ts'
import { expect } from 'vitest'
import { askUntil } from '#client/testing/askUntil.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { newPerson, PASSWORD, type Person } from '#server/testing/person.ts'
import type { Sitting } from '#server/testing/sit.ts'
import { type Started, startServer } from '#server/testing/startServer.ts'
import { askSeat, createRoom, mustSit, shows, type Ticket, words } from './seat.ts'

/** Bytes that may wait for one reader. */
export const BUFFER_CAP = 256 * 1024

/** A server that logs everything, with a room in which two sit who mean well, while others do not. */
export class AttackedRoom {
  /** What no log may hold. */
  readonly secrets = new Set<string>([PASSWORD])
  readonly server: Started
  readonly owner: Person
  readonly roomId: string
  readonly good: Sitting
  readonly quiet: Sitting

  private constructor(server: Started, owner: Person, roomId: string, good: Sitting, quiet: Sitting) {
    this.server = server
    this.owner = owner
    this.roomId = roomId
    this.good = good
    this.quiet = quiet
    this.#keepsSecret(owner)
  }

  static async open(): Promise<AttackedRoom> {
    const server = await startServer({ env: { LOG_LEVEL: 'trace', BUFFER_CAP: String(BUFFER_CAP) } })
    const owner = await newPerson(server.url)
    const roomId = await createRoom(owner, { capacity: 50 })
    const good = await mustSit(owner, roomId)
    const other = await newPerson(server.url)
    const place = new AttackedRoom(server, owner, roomId, good, await mustSit(other, roomId))
    place.#keepsSecret(other)
    return place
  }

  async somebody(): Promise<Person> {
    const person = await newPerson(this.server.url)
    this.#keepsSecret(person)
    return person
  }

  async ticket(person: Person): Promise<Ticket> {
    const seat = await askSeat(person, this.roomId)
    if (isRefusal(seat)) throw new Error(`no seat: ${seat.refused}`)
    this.secrets.add(seat.sessionId)
    return seat
  }

  async guest(): Promise<{ person: Person; room: Sitting }> {
    const person = await this.somebody()
    const room = await mustSit(person, this.roomId)
    this.secrets.add(room.sessionId)
    this.secrets.add(room.reconnectionToken.split(':')[1] ?? '-')
    return { person, room }
  }

  /** After everything bad the room goes on for all others, and shows them the same. */
  async goesOn(): Promise<void> {
    const { good, quiet } = this
    const answer = await good.request('chat.send', words('the room goes on'))
    if (isRefusal(answer)) throw new Error(`refused: ${answer.refused}`)
    await shows(quiet, (s) => s.chatHead >= answer.number)
    await shows(good, (s) => s.chatHead >= answer.number)
    expect(quiet.state.chat.toJSON()).toEqual(good.state.chat.toJSON())
  }

  /** Nothing that was logged so far, down to the finest level, holds a secret, and nothing was a bug of ours. */
  async logIsClean(): Promise<void> {
    // Its line is logged below the usual level, and after all others.
    await this.owner.get('/healthz', { 'x-request-id': 'last-line' })
    const logged = await askUntil(
      () => this.server.stderr(),
      (all) => all.includes('last-line'),
      'the last line',
    )
    for (const secret of this.secrets)
      if (secret !== '' && secret !== '-')
        expect(logged.includes(secret) || logged.includes(decodeURIComponent(secret)), `${secret.slice(0, 4)}…`).toBe(
          false,
        )
    const bugs = logged.split('\n').filter((line) => line.includes('"level":50') || line.includes('"level":60'))
    expect(bugs).toEqual([])
  }

  #keepsSecret({ cookie }: Person): void {
    for (const one of cookie.split('; ')) this.secrets.add(one.slice(one.indexOf('=') + 1))
  }
}

/** A request as no typed client would make it. */
export const ask = (room: Sitting, type: string, body: unknown) =>
  (room.request as (type: string, body: unknown) => Promise<unknown>).call(room, type, body)
