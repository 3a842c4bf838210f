import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export type OpenIdProvider = {
  readonly issuer: string
  /** Lets the client in whose callback this is. */
  allow(redirectUri: string): void
  /** What the provider says of who signs in there under this name. */
  say(login: string, claims: { email?: string; email_verified?: boolean; name?: string }): void
  /**
   * Follows an authorization address as a browser would, signs in as `login` and agrees; resolves with the address that the
   * provider sends the browser back to.
   */
  visit(url: string, login: string): Promise<string>
  stop(): Promise<void>
}

export const CLIENT = { id: 'studyhub', secret: 'a-secret-of-tests-only' }

/** A real OpenID provider on this machine. */
export async function openIdProvider(): Promise<OpenIdProvider> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const people = new Map<string, Record<string, unknown>>()
  const redirectUris: string[] = []
  const make = () => {
    const provider = new Provider(issuer, {
      clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [...redirectUris] }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      conformIdTokenClaims: false,
      features: { devInteractions: { enabled: true } },
      cookies: { keys: ['only for tests'] },
      async findAccount(_ctx, id) {
        return { accountId: id, claims: async () => ({ sub: id, ...people.get(id) }) }
      },
    })
    server.removeAllListeners('request')
    server.on('request', provider.callback())
  }
  return {
    issuer,
    allow(redirectUri) {
      redirectUris.push(redirectUri)
      make()
    },
    say: (login, claims) => void people.set(login, claims),
    async visit(url, login) {
      const jar = new Map<string, string>()
      const go = async (address: string, form?: Record<string, string>) => {
        const answer = await fetch(address, {
          redirect: 'manual',
          headers: { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') },
          ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
        })
        for (const cookie of answer.headers.getSetCookie()) {
          const [pair = ''] = cookie.split(';')
          const at = pair.indexOf('=')
          if (pair.length === at + 1) jar.delete(pair.slice(0, at))
          else jar.set(pair.slice(0, at), pair.slice(at + 1))
        }
        return answer
      }
      let at = url
      for (let hops = 0; hops < 20 && at.startsWith(issuer); hops++) {
        let answer = await go(at)
        if (answer.status === 200) {
          const page = await answer.text()
          const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? ''
          answer = await go(at, { prompt, ...(prompt === 'login' ? { login, password: 'any' } : {}) })
        }
        const to = answer.headers.get('location')
        if (!to) throw new Error(`the provider answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
        at = new URL(to, issuer).href
      }
      return at
    },
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
