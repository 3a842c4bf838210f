import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { sayUndo } from '../../common/sayUndo.tsx'
import { useAsk } from '../useAsk.ts'

/** My own hand. A lowered one may be raised again, at the queue's end: its place is gone, so that is not called undoing. */
export function useHand(room: StudyHandle): { raise: (topic?: string) => void; lower: () => void; toggle: () => void } {
  const { t } = useTranslation('room')
  const ask = useAsk()
  const mine = () => room.state.hands.find((h) => h.userId === room.me)
  const raise = (topic = '') => void ask('hand.raise', { topic })
  const lower = async () => {
    const topic = mine()?.topic ?? ''
    const answer = await ask('hand.lower', {})
    if (!isRefusal(answer)) sayUndo(t('hands.lowered'), () => raise(topic), t('hands.again'))
  }
  return { raise, lower: () => void lower(), toggle: () => (mine() ? void lower() : raise()) }
}
