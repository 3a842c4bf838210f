import { Button, Skeleton } from '@mantine/core'
import { IconArmchair2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LobbyView } from '#client/types.ts'
import { useHub } from '../app/hub.tsx'
import { Late } from '../common/Late.tsx'
import { useTick } from '../hooks/useTick.ts'
import { Notice } from '../pages/Notice.tsx'
import classes from './lobby.module.css'
import { Pages } from './Pages.tsx'
import { RoomCardView } from './RoomCardView.tsx'
import type { LobbyAddress } from './useLobbySearch.ts'

type Props = { view: LobbyView; address: LobbyAddress; onCreate: (() => void) | undefined }

/** The page the lobby keeps live: cards change in place and never move by themselves (UX principle 5). */
export function RoomGrid({ view, address, onCreate }: Props) {
  const { t } = useTranslation('lobby')
  const { lobby } = useHub()
  useTick(
    1000,
    (view.page?.rooms ?? []).some((room) => room.timer !== null),
  )
  if (!view.page)
    return (
      <>
        <div className={classes['grid']} aria-busy="true">
          {Array.from({ length: 6 }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
            <Skeleton key={i} height={164} radius="lg" />
          ))}
        </div>
        <Late />
      </>
    )
  const { rooms } = view.page
  if (rooms.length === 0) {
    const filtered = Object.keys(address.search).length > 0
    return (
      <Notice
        tall={false}
        icon={<IconArmchair2 size={44} stroke={1.4} />}
        title={filtered ? t('noneFoundTitle') : t('emptyTitle')}
        text={filtered ? t('noneFoundText') : t('emptyText')}
      >
        {filtered ? (
          <Button variant="default" onClick={address.clear}>
            {t('clear')}
          </Button>
        ) : (
          onCreate && <Button onClick={onCreate}>{t('create')}</Button>
        )}
      </Notice>
    )
  }
  return (
    <>
      {view.fresh > 0 && (
        <Button
          variant="light"
          justify="center"
          onClick={() => (address.search.after ? address.refine({}) : void lobby.look({}))}
        >
          {t('fresh', { count: view.fresh })}
        </Button>
      )}
      <ul className={classes['grid']}>
        {rooms.map((room) => (
          <li key={room.id}>
            <RoomCardView room={room} now={lobby.now()} />
          </li>
        ))}
      </ul>
      <Pages view={view} search={address.search} />
    </>
  )
}
