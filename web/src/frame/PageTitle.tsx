import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { usePlace } from '../app/hub.tsx'
import { usePhase } from '../hooks/usePhase.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { useUnread } from '../hooks/useUnread.ts'

/** Setting a title is dear, and a busy chat would do it at every message. */
const PACE_MS = 500

/** The window's title: what is unread, the phase and the room, on whatever screen one is. */
export function PageTitle() {
  const place = usePlace()
  return place.status === 'in' ? <OfRoom room={place.room} /> : null
}

function OfRoom({ room }: { room: StudyHandle }) {
  const { t } = useTranslation(['common', 'stage'])
  const name = useRoom(room, (s) => s.name)
  const unread = useUnread(room)
  const phase = usePhase(room)
  const words = phase && t(phase.paused ? 'phase.paused' : `phase.${phase.name}`)
  const asked = useRoom(room, (s) => (s.members.get(room.me)?.checkAt ?? 0) > 0)
  const title = `${asked ? `${t('stage:check.tab')} ` : ''}${unread > 0 ? `(${unread}) ` : ''}${[words, name, 'StudyHub'].filter(Boolean).join(' · ')}`
  const wanted = useRef(title)
  wanted.current = title
  useEffect(() => {
    const show = () => {
      if (document.title !== wanted.current) document.title = wanted.current
    }
    show()
    const timer = setInterval(show, PACE_MS)
    return () => {
      clearInterval(timer)
      document.title = 'StudyHub'
    }
  }, [])
  return null
}
