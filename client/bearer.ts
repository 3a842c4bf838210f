import { errorBody } from '#schemas/api/errors.ts'
import { type TokenPair, tokenPair } from '#schemas/api/sessions.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { KeyValue } from './keyValue.ts'

const KEY = 'studyhub.tokens'
/** Access that ends sooner is renewed before it is used. */
const EARLY_MS = 30_000

export type BearerOptions = {
  /** `https://host[:port]`, without a path. */
  readonly origin: string
  /** Keeps the tokens; whoever reads it is signed in. */
  readonly storage: KeyValue
  readonly fetch: typeof fetch
  /** Milliseconds, of a clock that is about right. */
  readonly now: () => number
}

/** For clients without cookies: sign in once, then give `fetch` to `createStudyHub`. */
export interface Bearer {
  signIn(by: { email: string; password: string; code?: string; device?: string }): Promise<null | Refusal>
  /** Forgets the tokens; sign out through the API first, which ends the session itself. */
  forget(): void
  readonly fetch: typeof fetch
}

/**
 * Adds the access token to calls to `origin`, and to no others, and renews it when it ends. A refresh token is good once and a
 * second use ends the session, so there is one renewal at a time; programs that share a storage must not run at the same time.
 */
export function createBearer({ origin, storage, fetch: send, now }: BearerOptions): Bearer {
  let renewing: Promise<TokenPair | null> | null = null

  const kept = (): TokenPair | null => {
    try {
      return tokenPair.parse(JSON.parse(storage.get(KEY) ?? 'null'))
    } catch {
      return null
    }
  }
  const post = (path: string, body: object) =>
    send(`${origin}/api/accounts/tokens${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  async function renew({ refreshToken }: TokenPair): Promise<TokenPair | null> {
    const answer = await post('/refresh', { refreshToken })
    if (answer.status === 401) {
      storage.remove(KEY)
      return null
    }
    const pair = tokenPair.parse(await answer.json())
    storage.set(KEY, JSON.stringify(pair))
    return pair
  }
  const renewed = (pair: TokenPair): Promise<TokenPair | null> => {
    renewing ??= renew(pair).finally(() => {
      renewing = null
    })
    return renewing
  }

  return {
    async signIn(by) {
      const answer = await post('', by)
      const body: unknown = await answer.json()
      if (answer.ok) {
        storage.set(KEY, JSON.stringify(tokenPair.parse(body)))
        return null
      }
      const parsed = errorBody.safeParse(body)
      return parsed.success ? refuse(parsed.data.error.code, parsed.data.error.details) : refuse('unavailable')
    },
    forget: () => storage.remove(KEY),
    async fetch(input, init) {
      const asked = new Request(input, init)
      if (new URL(asked.url).origin !== origin) return send(asked)
      let pair = await (renewing ?? kept())
      if (pair && pair.accessExpiresAt - now() < EARLY_MS) pair = await renewed(pair)
      if (pair) asked.headers.set('authorization', `Bearer ${pair.accessToken}`)
      return send(asked)
    },
  }
}
