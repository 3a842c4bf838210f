import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { CheckKeeper } from '#client/checks/checkKeeper.ts'
import type { StudyHandle } from '#client/types.ts'
import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { usePlace } from '../app/hub.tsx'
import { useRoom } from '../hooks/useRoom.ts'
import { useStore } from '../hooks/useStore.ts'
import { useCheckKeeper } from './keeper.ts'
import { Question } from './Question.tsx'

/**
 * A room asks whether I am here (T4): on whatever screen, and also where another device of mine sits in that room. Always
 * mounted while signed in, for a region that is there before there is a question is what screen readers announce.
 */
export function PresenceCheck() {
  const place = usePlace()
  const keeper = useCheckKeeper()
  return (
    <div role="status">
      {place.status === 'in' ? (
        <InRoom key={place.roomId} room={place.room} />
      ) : (
        keeper && <Elsewhere keeper={keeper} />
      )}
    </div>
  )
}

function InRoom({ room }: { room: StudyHandle }) {
  const { t } = useTranslation('stage')
  const asked = useRoom(room, (s) => s.members.get(room.me)?.checkAt ?? 0)
  if (asked === 0) return null
  const answer = async () => {
    const answered = await room.request('attest.answer', { asked })
    return isRefusal(answered) ? answered : null
  }
  const leftMs = () => asked + limits.checkMs - room.now()
  return <Question key={asked} text={t('check.text')} leftMs={leftMs} answer={answer} />
}

function Elsewhere({ keeper }: { keeper: CheckKeeper }) {
  const { t } = useTranslation('stage')
  const check = useStore(keeper.view)
  const title = check ? `${t('check.tab')} StudyHub` : null
  // Outside of a room nobody else sets it.
  useEffect(() => {
    if (!title) return
    document.title = title
    return () => {
      document.title = 'StudyHub'
    }
  }, [title])
  if (!check) return null
  return (
    <Question
      key={check.asked}
      text={t('check.elsewhere', { room: check.roomName })}
      leftMs={() => keeper.leftMs(check)}
      answer={() => keeper.answer()}
    />
  )
}
