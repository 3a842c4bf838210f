import type { LinkedWays, Provider } from '#schemas/api/social.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import type { StudyHub } from './types.ts'

/** The providers that this server offers; none on most. */
export async function providers({ api }: StudyHub): Promise<readonly Provider[] | Refusal> {
  const answer = await api.get<{ providers: Provider[] }>('/api/accounts/providers')
  return isRefusal(answer) ? answer : answer.providers
}

/** Where to send the browser to sign in; it comes back to `next`. */
export const beginProvider = ({ api }: StudyHub, id: string, next: string): Promise<{ url: string } | Refusal> =>
  api.send('POST', `/api/accounts/providers/${id}/begin`, { next })

export const linkedWays = ({ api }: StudyHub): Promise<LinkedWays | Refusal> => api.get('/api/me/providers')

/** Where to send the browser to link the provider to one's own account. */
export const linkProvider = ({ api }: StudyHub, id: string, password: string): Promise<{ url: string } | Refusal> =>
  api.send('POST', `/api/me/providers/${id}/link`, password === '' ? {} : { password })

export const unlinkProvider = ({ api }: StudyHub, id: string): Promise<object | Refusal> =>
  api.send('DELETE', `/api/me/providers/${id}`)
