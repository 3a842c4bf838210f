import { createStudyHub } from '#client/createStudyHub.ts'
import { memoryStorage } from '#client/keyValue.ts'
import type { HubOptions } from '#client/options.ts'
import { cookieFetch } from '#client/testing/cookieFetch.ts'
import { signUpByMail } from '#client/testing/signUpByMail.ts'
import type { PlaceView, StudyHandle, StudyHub } from '#client/types.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { PASSWORD } from '#server/testing/person.ts'
import { until } from './until.ts'

let people = 0

/** A person with a device of his own: the real client core, kept cookies, a storage that outlives a reload. */
export class Resident {
  readonly name: string
  readonly email: string
  readonly storage = memoryStorage()
  readonly fetch: typeof fetch
  readonly options: Omit<HubOptions, 'storage' | 'fetch'>
  hub: StudyHub
  userId = ''

  private constructor(
    options: Omit<HubOptions, 'storage' | 'fetch'>,
    name: string,
    email: string,
    keeps: typeof fetch,
  ) {
    this.options = options
    this.name = name
    this.email = email
    this.fetch = keeps
    this.hub = this.#open()
  }

  /** `network`: by what his requests go. */
  static async signUp(origin: string, options: Partial<HubOptions> = {}, network?: typeof fetch): Promise<Resident> {
    const handle = `r${++people}x${Math.random().toString(36).slice(2, 8)}`
    const it = new Resident({ origin, ...options }, handle, `${handle}@study.example`, cookieFetch(network))
    const view = await signUpByMail(it.hub, {
      ...{ email: it.email, password: PASSWORD, name: handle, handle, timeZone: 'UTC' },
    })
    if (isRefusal(view) || view.status !== 'in') throw new Error(`sign-up: ${JSON.stringify(view)}`)
    it.userId = view.me.id
    return it
  }

  /** Another tab or device of the same person: same cookies; the same storage only if it is a tab. */
  second(of: 'tab' | 'device'): StudyHub {
    const storage = of === 'tab' ? this.storage : memoryStorage()
    return createStudyHub({ ...this.options, fetch: this.fetch, storage })
  }

  #open(): StudyHub {
    return createStudyHub({ ...this.options, fetch: this.fetch, storage: this.storage })
  }

  /** As when the page is reloaded: what is unsent waits in the storage. */
  async reload(): Promise<void> {
    await this.hub.close()
    this.hub = this.#open()
    await until(this.hub.session, (s) => s.status !== 'unknown', `${this.name}'s session after a reload`)
  }

  async createRoom(facts: Record<string, unknown> = {}): Promise<string> {
    const made = await this.hub.api.send<{ roomId: string }>('POST', '/api/rooms', { name: 'Proof', ...facts })
    if (isRefusal(made)) throw new Error(`create: ${made.refused}`)
    return made.roomId
  }

  async enter(roomId: string, password?: string): Promise<StudyHandle> {
    const view = await this.hub.enter(roomId, password === undefined ? {} : { password })
    if (view.status !== 'in') throw new Error(`${this.name} did not get in: ${JSON.stringify(view)}`)
    await until(
      view.room.changes,
      () => view.room.state.members?.has(this.userId) === true,
      `${this.name} among the members`,
    )
    return view.room
  }

  /** The room he sits in; throws if he sits in none. */
  get room(): StudyHandle {
    const view = this.hub.place.get()
    if (view.status !== 'in') throw new Error(`${this.name} is ${view.status}`)
    return view.room
  }

  live(limitMs?: number): Promise<PlaceView> {
    const live = (view: PlaceView) => view.status === 'in' && view.connection === 'live'
    return until(
      this.hub.place,
      live,
      () => `${this.name} back, is ${JSON.stringify(this.hub.place.get().status)}`,
      limitMs,
    )
  }

  get<T>(path: string, query?: Record<string, string | number>): Promise<T | Refusal> {
    return this.hub.api.get<T>(path, query)
  }
}

/** The answer, or the refusal as an error. */
export function sure<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`refused: ${JSON.stringify(answer)}`)
  return answer
}
