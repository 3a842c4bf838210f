import { useTranslation } from 'react-i18next'
import type { PersonView } from '#schemas/api/people.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { sayRefusal } from '../common/say.ts'
import { sayUndo } from '../common/sayUndo.tsx'
import { readBlocked } from './blocked.ts'
import { peopleChanged } from './usePeople.ts'

export type Person = Pick<PersonView, 'id' | 'name' | 'handle'>

/** What can be done with a person; each says why if it was refused, and true if it was done. */
export function useActs({ id, name, handle }: Person) {
  const { t } = useTranslation(['people', 'common'])
  const hub = useHub()
  const send = async (method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<boolean> => {
    const answer = await hub.api.send(method, `/api/people/${path}`, body)
    if (isRefusal(answer)) sayRefusal(answer.refused)
    await peopleChanged()
    return !isRefusal(answer)
  }
  const block = async (on: boolean): Promise<boolean> => {
    const done = await send(on ? 'POST' : 'DELETE', `blocked/${id}`)
    await readBlocked(hub)
    return done
  }
  return {
    add: () => send('POST', 'requests', { handle }),
    accept: () => send('POST', `requests/${id}/accept`),
    dropRequest: () => send('DELETE', `requests/${id}`),
    unfriend: () => send('DELETE', `friends/${id}`),
    follow: (on: boolean) => send(on ? 'POST' : 'DELETE', `following/${id}`),
    unblock: () => block(false),
    async block() {
      if (await block(true)) sayUndo(t('blockedNow', { name }), () => void block(false), t('act.unblock'))
    },
  }
}
