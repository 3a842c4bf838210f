import { Button, Skeleton } from '@mantine/core'
import { IconArmchair2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LobbyView } from '#client/types.ts'
import { useHub } from '../app/hub.tsx'
import { useTick } from '../hooks/useTick.ts'
import { Notice } from '../pages/Notice.tsx'
import classes from './lobby.module.css'
import { RoomCardView } from './RoomCardView.tsx'

/** The page the lobby keeps live: cards change in place and never move by themselves (UX principle 5). */
export function RoomGrid({ view, onCreate }: { view: LobbyView; onCreate: (() => void) | undefined }) {
  const { t } = useTranslation('lobby')
  const { lobby } = useHub()
  useTick(
    1000,
    (view.page?.rooms ?? []).some((room) => room.timer !== null),
  )
  if (!view.page)
    return (
      <div className={classes['grid']} aria-busy="true">
        {Array.from({ length: 6 }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
          <Skeleton key={i} height={164} radius="lg" />
        ))}
      </div>
    )
  const { rooms, total, next } = view.page
  if (rooms.length === 0) {
    const filtered = view.query.q !== '' || view.query.level !== undefined
    return (
      <Notice
        icon={<IconArmchair2 size={44} stroke={1.4} />}
        title={filtered ? t('noneFoundTitle') : t('emptyTitle')}
        text={filtered ? t('noneFoundText') : t('emptyText')}
      >
        {filtered ? (
          <Button variant="default" onClick={() => void lobby.look({ q: '', level: undefined, cursor: undefined })}>
            {t('clear')}
          </Button>
        ) : (
          onCreate && <Button onClick={onCreate}>{t('create')}</Button>
        )}
      </Notice>
    )
  }
  const fresh = view.query.cursor || next ? 0 : Math.max(0, total - rooms.length)
  return (
    <>
      {fresh > 0 && (
        <Button variant="light" justify="center" onClick={() => void lobby.look({})}>
          {t('fresh', { count: fresh })}
        </Button>
      )}
      <ul className={classes['grid']}>
        {rooms.map((room) => (
          <li key={room.id}>
            <RoomCardView room={room} now={lobby.now()} />
          </li>
        ))}
      </ul>
      {next && (
        <Button variant="default" mx="auto" onClick={() => void lobby.look({ cursor: next })}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
