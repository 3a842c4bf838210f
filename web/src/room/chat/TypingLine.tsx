import { useTranslation } from 'react-i18next'
import { useRoom } from '../../hooks/useRoom.ts'
import { useStudyRoom } from '../roomContext.tsx'
import classes from './chat.module.css'

/** Who is writing; its height never changes. */
export function TypingLine() {
  const { t, i18n } = useTranslation('room')
  const room = useStudyRoom()
  const names = useRoom(room, (s) => {
    const writing: string[] = []
    for (const m of s.members.values()) if (m.typing && m.userId !== room.me) writing.push(m.name)
    return writing.slice(0, 3)
  })
  const list = new Intl.ListFormat(i18n.language, { style: 'long', type: 'conjunction' })
  return (
    <div className={classes['below']} aria-live="off">
      {names.length > 0 && t('chat.typing', { count: names.length, names: list.format(names) })}
    </div>
  )
}
