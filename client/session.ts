import type { z } from 'zod'
import type {
  CodeAnswer,
  codeBody,
  Me,
  passwordBody,
  resetBody,
  sessionAnswer,
  signInBody,
  signUpBody,
} from '#schemas/api/accounts.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { backoffMs } from './backoff.ts'
import type { HubSetup } from './options.ts'
import { createStore } from './store.ts'
import { TimerGroup } from './timers.ts'
import type { Api, SessionView, Store, StudyHub } from './types.ts'

/** Who is signed in, as the server says. Asked at the start, after each change of account, and when a call was refused. */
export class Session {
  readonly view: Store<SessionView>
  readonly #store = createStore<SessionView>({ status: 'unknown' })
  readonly #api: Api
  readonly #random: () => number
  readonly #timers: TimerGroup
  #round = 0

  constructor(setup: HubSetup, api: Api) {
    this.view = this.#store
    this.#api = api
    this.#random = setup.random
    this.#timers = new TimerGroup(setup.timers)
  }

  /** Asks the server; while it cannot be reached the last answer stands, and it is asked again. */
  async refresh(attempt = 0, round = ++this.#round): Promise<SessionView> {
    const answer = await this.#api.get<unknown>('/api/session')
    if (round !== this.#round) return this.view.get()
    const parsed = isSessionAnswer(answer) ? answer : undefined
    if (parsed) {
      const { me } = parsed
      if (me && !sameMe(this.view.get(), me)) this.#store.set({ status: 'in', me })
      if (!me && this.view.get().status !== 'out') this.#store.set({ status: 'out' })
    } else if (!isRefusal(answer) || answer.refused !== 'outdated') {
      const again = () => void (round === this.#round && this.refresh(attempt + 1, round))
      this.#timers.after(backoffMs(attempt, this.#random), again)
    }
    return this.view.get()
  }

  /** The server said so on another way (a refused call, a close code). */
  ended(): void {
    this.#round++
    if (this.view.get().status !== 'out') this.#store.set({ status: 'out' })
  }

  close(): void {
    this.#round++
    this.#timers.close()
  }
}

/** By hand, and only so far that an answer of something else (a proxy's page) is not taken for one. */
function isSessionAnswer(answer: unknown): answer is z.infer<typeof sessionAnswer> {
  if (typeof answer !== 'object' || answer === null || !('me' in answer)) return false
  return answer.me === null || typeof (answer.me as Partial<Me> | undefined)?.id === 'string'
}

const sameMe = (view: SessionView, next: Me): boolean =>
  view.status === 'in' && JSON.stringify(view.me) === JSON.stringify(next)

/** Asks for a code by mail; the answer does not tell whether the address has an account. */
export const requestCode = (hub: StudyHub, body: z.input<typeof codeBody>): Promise<CodeAnswer | Refusal> =>
  hub.api.send('POST', '/api/accounts/codes', body)

/** Sets a new password with a code; signs nobody in. */
export const resetPassword = (hub: StudyHub, body: z.input<typeof resetBody>): Promise<object | Refusal> =>
  hub.api.send('POST', '/api/accounts/reset', body)

/** Changes the own password; all other sessions end. */
export const changePassword = (hub: StudyHub, body: z.input<typeof passwordBody>): Promise<object | Refusal> =>
  hub.api.send('POST', '/api/accounts/password', body)

/** Makes an account with the code that was mailed, and is signed in with it. */
export const signUp = (hub: StudyHub, body: z.input<typeof signUpBody>): Promise<SessionView | Refusal> =>
  change(hub, '/api/accounts/sign-up', body)

export const signIn = (hub: StudyHub, body: z.input<typeof signInBody>): Promise<SessionView | Refusal> =>
  change(hub, '/api/accounts/sign-in', body)

/** Ends the account's session everywhere: the server also closes its sockets (I7). */
export const signOut = (hub: StudyHub): Promise<SessionView | Refusal> => change(hub, '/api/accounts/sign-out', {})

async function change(hub: StudyHub, path: string, body: unknown): Promise<SessionView | Refusal> {
  const answer = await hub.api.send('POST', path, body)
  return isRefusal(answer) ? answer : hub.refreshSession()
}
