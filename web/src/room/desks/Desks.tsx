import { Title, VisuallyHidden } from '@mantine/core'
import { IconArmchair2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRoom } from '../../hooks/useRoom.ts'
import classes from '../room.module.css'
import { useStudyRoom } from '../roomContext.tsx'
import { Desk } from './Desk.tsx'

/** Every seat is a desk; empty ones are seen too, up to a row or two of them in a large room. */
export function Desks() {
  const { t } = useTranslation('room')
  const room = useStudyRoom()
  const { ids, capacity } = useRoom(room, (s) => ({
    ids: [...s.members.values()].sort((a, b) => a.entrance - b.entrance).map((m) => m.userId),
    capacity: s.capacity,
  }))
  const empty = Math.max(0, Math.min(capacity - ids.length, 12))
  return (
    <section aria-labelledby="desks">
      <VisuallyHidden>
        <Title order={2} id="desks">
          {t('desks.label')}
        </Title>
      </VisuallyHidden>
      <ul className={classes['desks']}>
        {ids.map((id) => (
          <li key={id}>
            <Desk userId={id} />
          </li>
        ))}
        {Array.from({ length: empty }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: empty desks have no identity
          <li key={`empty-${i}`}>
            <div className={classes['desk']} data-empty>
              <IconArmchair2 size={26} stroke={1.3} aria-hidden />
              {t('desks.empty')}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
