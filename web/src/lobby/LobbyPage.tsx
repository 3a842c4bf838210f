import { Button, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArmchair, IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHub, useSession } from '../app/hub.tsx'
import { useStore } from '../hooks/useStore.ts'
import { Filters } from './Filters.tsx'
import classes from './lobby.module.css'
import { RoomGrid } from './RoomGrid.tsx'
import { useLobbySearch } from './useLobbySearch.ts'
import { useSitDown } from './useSitDown.ts'
import { Welcome } from './Welcome.tsx'

// Forms are for the second minute: a visitor's first page does without them.
const loadCreateRoom = () => import('./CreateRoom.tsx').then((m) => ({ default: m.CreateRoom }))
const CreateRoom = lazy(loadCreateRoom)
const MyGroups = lazy(() => import('../groups/MyGroups.tsx').then((m) => ({ default: m.MyGroups })))
const FriendsHere = lazy(() => import('../presence/FriendsHere.tsx').then((m) => ({ default: m.FriendsHere })))
const MyRooms = lazy(() => import('./MyRooms.tsx').then((m) => ({ default: m.MyRooms })))

export function LobbyPage() {
  const { t } = useTranslation('lobby')
  const hub = useHub()
  const session = useSession()
  const view = useStore(hub.lobby.view)
  const [creating, dialog] = useDisclosure(false)
  const signedIn = session.status === 'in'
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    if (creating) setAsked(true)
  }, [creating])
  useEffect(() => {
    if (signedIn) void loadCreateRoom()
  }, [signedIn])

  const address = useLobbySearch()
  const { sitDown, looking } = useSitDown(address.search.level, dialog.open)
  return (
    <div className={classes['page']}>
      <header className={classes['head']}>
        <div>
          <Title order={1} size="h2">
            {t('title')}
          </Title>
          <Text c="dimmed" mt={4}>
            {/* Whoever looks is online: before the first counts came, a zero would be a lie. */}
            {view.online > 0
              ? `${t('studying', { count: view.studying })} · ${t('online', { count: view.online })}`
              : // A visitor is told what he sees.
                !signedIn && view.rooms > 0
                ? t('roomsOpen', { count: view.rooms })
                : '\u00a0'}
          </Text>
        </div>
        {signedIn && (
          <div className={classes['acts']}>
            <Button variant="default" size="md" leftSection={<IconPlus size={18} />} onClick={dialog.open}>
              {t('create')}
            </Button>
            <Button size="md" leftSection={<IconArmchair size={18} />} onClick={sitDown} loading={looking}>
              {t('sitDown')}
            </Button>
          </div>
        )}
      </header>
      {session.status === 'out' && <Welcome />}
      <Suspense>{signedIn && <MyGroups />}</Suspense>
      <Suspense>{signedIn && <FriendsHere />}</Suspense>
      <Suspense>{signedIn && <MyRooms />}</Suspense>
      <Filters {...address} />
      {view.connection === 'reconnecting' && (
        <Text size="sm" c="dimmed" role="status">
          {t('reconnecting')}
        </Text>
      )}
      <RoomGrid view={view} address={address} onCreate={signedIn ? dialog.open : undefined} />
      <Suspense>{(creating || asked) && <CreateRoom opened={creating} onClose={dialog.close} />}</Suspense>
    </div>
  )
}
