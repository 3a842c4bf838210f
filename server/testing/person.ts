import { randomBytes } from 'node:crypto'
import { mailedCode } from '#client/testing/mailFolder.ts'
import type { CodeAnswer, Me } from '#schemas/api/accounts.ts'
import type { ErrorBody } from '#schemas/api/errors.ts'

export const PASSWORD = 'corr3ct horse!'

/** What came back, with its body read. */
export type Answer = { readonly status: number; readonly body: unknown; readonly headers: Headers }

/** Somebody with a browser's cookies, but no browser. */
export class Person {
  readonly url: string
  cookie = ''
  me!: Me

  constructor(url: string) {
    this.url = url
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const set = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
    if (set.length > 0) this.cookie = set.filter((cookie) => !cookie.endsWith('=')).join('; ')
    const text = await response.text()
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text, headers: response.headers }
  }
  get(path: string, headers?: Record<string, string>) {
    return this.send('GET', path, undefined, headers)
  }
  post(path: string, body: unknown = {}, headers?: Record<string, string>) {
    return this.send('POST', path, body, headers)
  }
}

/** Asks for a code and reads it in the mail folder that the server names. */
export async function askCode(person: Person, email: string, purpose = 'sign-up', count = 1): Promise<string> {
  const asked = await person.post('/api/accounts/codes', { email, purpose })
  if (asked.status !== 200) throw new Error(`code: ${asked.status} ${JSON.stringify(asked.body)}`)
  const { mailFolder = '' } = asked.body as CodeAnswer
  return mailedCode(mailFolder, email, count)
}

/** Signs up the way a person does, with the code from the mail. */
export async function signUp(
  person: Person,
  body: { readonly email: string; readonly [field: string]: unknown },
): Promise<Answer> {
  return person.post('/api/accounts/sign-up', { ...body, code: await askCode(person, body.email) })
}

/** Signs somebody new up. */
export async function newPerson(url: string, name = 'Mina'): Promise<Person> {
  const person = new Person(url)
  const handle = `p${randomBytes(6).toString('hex')}`
  const answer = await signUp(person, { email: `${handle}@study.example`, password: PASSWORD, name, handle })
  if (answer.status !== 201) throw new Error(`sign-up: ${answer.status} ${JSON.stringify(answer.body)}`)
  person.me = answer.body as Me
  return person
}

export const codeOf = ({ body }: Answer): string | undefined => (body as Partial<ErrorBody>).error?.code
