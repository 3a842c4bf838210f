import { Button, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArmchair, IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useHub, useSession } from '../app/hub.tsx'
import { say } from '../common/say.ts'
import { useStore } from '../hooks/useStore.ts'
import { CreateRoom } from './CreateRoom.tsx'
import { Filters } from './Filters.tsx'
import classes from './lobby.module.css'
import { MyRooms } from './MyRooms.tsx'
import { RoomGrid } from './RoomGrid.tsx'
import { Welcome } from './Welcome.tsx'

export function LobbyPage() {
  const { t } = useTranslation('lobby')
  const hub = useHub()
  const session = useSession()
  const view = useStore(hub.lobby.view)
  const navigate = useNavigate()
  const [creating, dialog] = useDisclosure(false)
  const signedIn = session.status === 'in'

  // Someone sits there, a seat is free, nothing bars the way; the fullest first, so that people meet.
  const fitting = (view.page?.rooms ?? [])
    .filter((room) => !room.locked && !room.hasPassword && room.members < room.capacity)
    .sort((a, b) => b.members - a.members)[0]
  const sitDown = () => {
    if (fitting) void navigate({ to: '/rooms/$roomId', params: { roomId: fitting.id } })
    else {
      say(t('nobodyOpen'))
      dialog.open()
    }
  }
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
              : '\u00a0'}
          </Text>
        </div>
        {signedIn && (
          <div className={classes['acts']}>
            <Button variant="default" size="md" leftSection={<IconPlus size={18} />} onClick={dialog.open}>
              {t('create')}
            </Button>
            <Button size="md" leftSection={<IconArmchair size={18} />} onClick={sitDown}>
              {t('sitDown')}
            </Button>
          </div>
        )}
      </header>
      {session.status === 'out' && <Welcome />}
      {signedIn && <MyRooms />}
      <Filters view={view} />
      <RoomGrid view={view} onCreate={signedIn ? dialog.open : undefined} />
      <CreateRoom opened={creating} onClose={dialog.close} />
    </div>
  )
}
