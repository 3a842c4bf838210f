import type { ErrorBody } from '#schemas/api/errors.ts'
import { type Refusal, refusals, refuse } from '#schemas/refusals.ts'
import { PROTOCOL, PROTOCOL_HEADER } from '#schemas/version.ts'
import type { HubSetup } from './options.ts'
import type { Api } from './types.ts'

/** An answer takes at most this long; then it counts as `unavailable`. */
const LIMIT_MS = 15_000

/**
 * The typed HTTP API over an injected fetch. Never throws: network faults and odd answers are `unavailable`. `outdated` is called
 * whenever the server says that it serves clients of this version no more.
 */
export function createApi(setup: HubSetup, outdated: () => void = () => {}): Api {
  const call = async <T>(method: string, path: string, body: unknown): Promise<T | Refusal> => {
    const headers: Record<string, string> = {
      ...{ accept: 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL) },
      ...setup.headers,
    }
    const isBytes = body instanceof Blob
    if (body !== undefined) headers['content-type'] = isBytes ? 'application/octet-stream' : 'application/json'
    const giveUp = new AbortController()
    const stop = setup.timers.after(LIMIT_MS, () => giveUp.abort())
    try {
      const answer = await setup.fetch(setup.origin + path, {
        method,
        headers,
        credentials: 'include',
        signal: giveUp.signal,
        ...(body === undefined ? {} : { body: isBytes ? body : JSON.stringify(body) }),
      })
      const text = await answer.text()
      const parsed: unknown = text === '' ? {} : JSON.parse(text)
      if (answer.ok) return parsed as T
      const refusal = refusalOf(answer.status, parsed)
      if (refusal.refused === 'outdated') outdated()
      return refusal
    } catch {
      return refuse('unavailable', { network: true })
    } finally {
      stop()
    }
  }
  return {
    get: (path, query) => call('GET', path + queryString(query), undefined),
    send: (method, path, body) => call(method, path, body),
  }
}

function refusalOf(status: number, body: unknown): Refusal {
  if (isErrorBody(body)) return refuse(body.error.code, body.error.details)
  return refuse(status === 401 ? 'unauthenticated' : status === 404 ? 'not_found' : 'unavailable', { status })
}

/** By hand: zod is a good part of what a visitor would have to load. */
function isErrorBody(body: unknown): body is ErrorBody {
  const error = (body as { error?: unknown } | null)?.error as { code?: unknown; details?: unknown } | null | undefined
  if (typeof error?.code !== 'string' || !Object.hasOwn(refusals, error.code)) return false
  return error.details === undefined || (typeof error.details === 'object' && error.details !== null)
}

function queryString(query: Record<string, string | number | boolean | undefined> | undefined): string {
  const pairs = Object.entries(query ?? {}).flatMap(([k, v]) => (v === undefined ? [] : [[k, String(v)]]))
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}
