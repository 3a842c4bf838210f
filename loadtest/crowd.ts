// The crowd of npm run loadtest, run by @colyseus/loadtest: that joins one client after another and counts them; what it
// does not do (times, percentiles) is recorded here and asked for by the parent. Its screen goes nowhere.
import { cli, type Options } from '@colyseus/loadtest'
import { Client, type Room } from '@colyseus/sdk'
import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import type { StudyShape } from '#schemas/roomShapes.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import { Person } from './person.ts'

/** Asked by message; times in milliseconds. */
export type CrowdReport = {
  readonly seated: number
  readonly said: number
  readonly answered: number
  readonly refused: number
  readonly delivered: number
  readonly expected: number
  readonly enter: readonly number[]
  readonly ack: readonly number[]
  readonly delivery: readonly number[]
}

/** The nodes: who is asked for a seat changes with each user, so in half of the cases the room is another's. */
const urls = (process.env['CROWD_URLS'] ?? '').split(',')
const [url = ''] = urls
const perRoom = Number(process.env['CROWD_PER_ROOM'])
const everyMs = Number(process.env['CROWD_EVERY_MS'])

/** @colyseus/loadtest counts `joinById`; matchmaking is ours. */
class StudyClient extends Client {
  readonly #person: Person
  constructor(person: Person) {
    super(url.replace(/^http/, 'ws'))
    this.#person = person
  }
  protected override async createMatchMakeRequest<T>(_method: string, roomId: string): Promise<Room<unknown, T>> {
    // The SDK's type asks for fields of its own matchmaking; the server reads those that ours gives.
    return this.consumeSeatReservation<T>({ name: 'study', ...(await this.#person.enter(roomId)) } as never)
  }
}

const rooms: { id: string; seated: number }[] = []
const said = new Map<string, number>()
const counts = { seated: 0, said: 0, answered: 0, refused: 0, delivered: 0, expected: 0 }
const times = { enter: [] as number[], ack: [] as number[], delivery: [] as number[] }
const talkers: (() => void)[] = []
let stopping = false

async function sitDown({ clientId }: Options): Promise<void> {
  const person = await Person.signUp(urls[clientId % urls.length] ?? url, clientId)
  let room = rooms.at(-1)
  if (!room || room.seated >= perRoom) {
    const id = await person.room({ name: `Crowd ${rooms.length + 1}`, capacity: Math.max(2, perRoom) })
    room = { id, seated: 0 }
    rooms.push(room)
  }
  const begun = performance.now()
  const joined = await new StudyClient(person).joinById<StudyState>(room.id)
  // The load tool's client knows the state only, not what the room says and answers.
  const seat = joined as unknown as Room<StudyShape, StudyState>
  seat.reconnection.enabled = false
  seat.onMessage('inbox', () => {})
  await new Promise<void>((resolve) => seat.onStateChange.once(() => resolve()))
  times.enter.push(performance.now() - begun)
  room.seated++
  counts.seated++
  listen(seat)
  talkers.push(() => talk(seat, person, room))
}

function listen(seat: Room<StudyShape, StudyState>): void {
  let head = seat.state.chatHead
  seat.onStateChange((state) => {
    while (head < state.chatHead) {
      const text = state.chat[++head % limits.chatWindow]?.text
      const at = text === undefined ? undefined : said.get(text)
      if (at === undefined) continue
      counts.delivered++
      times.delivery.push(performance.now() - at)
    }
  })
}

/** Everybody speaks once in `everyMs`, each at his own moment; the answer is awaited before the next. */
function talk(seat: Room<StudyShape, StudyState>, person: Person, room: { seated: number }): void {
  let n = 0
  const next = (wait: number) => setTimeout(() => void (stopping || speak()), wait)
  const speak = async () => {
    const text = `${person.id} ${++n}`
    const at = performance.now()
    said.set(text, at)
    counts.said++
    counts.expected += room.seated
    const reply = await seat
      .request('chat.send', { outbox: `crowd-${person.id}`, n, text, mentions: [] })
      .catch(() => ({ refused: 'unavailable' as const }))
    if (isRefusal(reply)) {
      counts.refused++
      counts.expected -= room.seated
    } else {
      counts.answered++
      times.ack.push(performance.now() - at)
    }
    next(Math.max(0, everyMs - (performance.now() - at)))
  }
  next(Math.random() * everyMs)
}

process.on('message', (message) => {
  if (message === 'talk') for (const talk of talkers.splice(0)) talk()
  else if (message === 'stop') stopping = true
  else if (message === 'report') process.send?.({ ...counts, ...times } satisfies CrowdReport)
})
process.on('disconnect', () => process.exit(1))

cli(sitDown)
