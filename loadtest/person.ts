import { cookieFetch } from '#client/testing/cookieFetch.ts'
import { mailedCode } from '#client/testing/mailFolder.ts'
import type { CodeAnswer } from '#schemas/api/accounts.ts'
import type { Reservation } from './bench/wires/colyseusFrames.ts'

/** A signed-up user of the real server, by its HTTP API. */
export class Person {
  readonly #url: string
  readonly #fetch: typeof fetch
  id = ''

  constructor(url: string, keeps: typeof fetch = cookieFetch()) {
    this.#url = url
    this.#fetch = keeps
  }

  /** Somebody whose session is there already. */
  static known(url: string, id: string, cookie: string): Person {
    const person = new Person(url, (input, init) =>
      fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), cookie } }),
    )
    person.id = id
    return person
  }

  static async signUp(url: string, n: number): Promise<Person> {
    const person = new Person(url)
    const handle = `bench${process.pid}x${n}`
    const body = { email: `${handle}@study.example`, password: 'corr3ct horse!', name: `Bench ${n}`, handle }
    const { mailFolder } = await person.post<CodeAnswer>('/api/accounts/codes', {
      email: body.email,
      purpose: 'sign-up',
    })
    if (mailFolder === undefined) throw new Error('the server sends its mails: load can only be made without SMTP_URL')
    const code = await mailedCode(mailFolder, body.email)
    person.id = (await person.post<{ id: string }>('/api/accounts/sign-up', { ...body, code })).id
    return person
  }

  async room(facts: Record<string, unknown>, url = this.#url): Promise<string> {
    return (await this.post<{ roomId: string }>('/api/rooms', facts, url)).roomId
  }
  /** `url`: the node that is asked, if not the one that he signed up at. */
  async enter(roomId: string, url = this.#url): Promise<Reservation> {
    return (await this.post<{ seat: Reservation }>(`/api/rooms/${roomId}/enter`, { device: 'bench' }, url)).seat
  }

  async post<T>(path: string, body: unknown, url = this.#url): Promise<T> {
    const answer = await this.#fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
}

/** Many at once, a few at a time: the password's hash is dear on purpose. */
export async function signUpMany(url: string, count: number): Promise<Person[]> {
  const people: Person[] = []
  const worker = async () => {
    while (people.length < count) {
      const n = people.push(new Person(url)) - 1
      people[n] = await Person.signUp(url, n)
    }
  }
  await Promise.all(Array.from({ length: 4 }, worker))
  return people
}
