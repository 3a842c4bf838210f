import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRoom } from '../../hooks/useRoom.ts'
import { useStudyRoom } from '../roomContext.tsx'
import classes from './chat.module.css'

const NAMED = 10

/** Who in the room has read up to this own message (C4): their markers, no receipts of their own. */
export function ReadBy({ number }: { number: number }) {
  const { t, i18n } = useTranslation('room')
  const room = useStudyRoom()
  const names = useRoom(room, (s) => {
    const readers: string[] = []
    for (const m of s.members.values()) if (m.userId !== room.me && m.readThrough >= number) readers.push(m.name)
    return readers
  })
  if (names.length === 0) return null
  const list = new Intl.ListFormat(i18n.language, { style: 'long', type: 'conjunction' })
  return (
    <Tooltip label={list.format(names.slice(0, NAMED)) + (names.length > NAMED ? ' …' : '')}>
      <span className={classes['note']}> {t('chat.readBy', { count: names.length })}</span>
    </Tooltip>
  )
}
