import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { usePlace } from '../app/hub.tsx'
import { usePhase } from '../hooks/usePhase.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { useStore } from '../hooks/useStore.ts'

/** The window's title: what is unread, the phase and the room, on whatever screen one is. */
export function PageTitle() {
  const place = usePlace()
  return place.status === 'in' ? <OfRoom room={place.room} /> : null
}

function OfRoom({ room }: { room: StudyHandle }) {
  const { t } = useTranslation()
  const name = useRoom(room, (s) => s.name)
  const unread = useStore(room.chat.view).unread
  const phase = usePhase(room)
  const words = phase && t(phase.paused ? 'phase.paused' : `phase.${phase.name}`)
  const title = `${unread > 0 ? `(${unread}) ` : ''}${[words, name, 'StudyHub'].filter(Boolean).join(' · ')}`
  useEffect(() => {
    document.title = title
    return () => {
      document.title = 'StudyHub'
    }
  }, [title])
  return null
}
