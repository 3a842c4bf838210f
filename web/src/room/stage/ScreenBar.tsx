import { Button, Group, Paper, Text } from '@mantine/core'
import { IconScreenShare } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRoom } from '../../hooks/useRoom.ts'
import { StartSharing, WatchScreen } from '../../media/StartSharing.tsx'
import { useUnavailable } from '../../media/useMedia.ts'
import { useMyRole, useStudyRoom } from '../roomContext.tsx'
import { useAsk } from '../useAsk.ts'

/** Who owns the one shared screen, and the way to it (V3). */
export function ScreenBar() {
  const { t } = useTranslation('room')
  const room = useStudyRoom()
  const ask = useAsk()
  const { moderates } = useMyRole()
  const unavailable = useUnavailable(room)
  const screen = useRoom(room, (s) => ({
    owner: s.screen.owner,
    shown: s.members.get(s.screen.owner)?.producers.has('screen') ?? false,
    ownerName: s.members.get(s.screen.owner)?.name ?? '',
    requests: [...s.screen.requests]
      .filter((id): id is string => typeof id === 'string')
      .map((id) => ({ id, name: s.members.get(id)?.name ?? '' })),
  }))
  const mine = screen.owner === room.me
  const asked = screen.requests.some((r) => r.id === room.me)
  return (
    <Paper withBorder radius="lg" px="md" py="sm" component="section" aria-label={t('screen.title')}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm" wrap="nowrap">
          <IconScreenShare size={20} aria-hidden style={{ flex: 'none' }} />
          <Text size="sm" role="status">
            {screen.owner === ''
              ? t('screen.free')
              : mine
                ? t('screen.mine')
                : t('screen.has', { name: screen.ownerName })}
          </Text>
        </Group>
        <Group gap={8}>
          {screen.owner === '' &&
            (unavailable === '' ? (
              <StartSharing room={room} />
            ) : (
              <Button variant="default" onClick={() => void ask('screen.claim', {})}>
                {t('screen.claim')}
              </Button>
            ))}
          {mine && unavailable === '' && <StartSharing room={room} />}
          {screen.shown && !mine && <WatchScreen room={room} />}
          {mine && (
            <Button variant="default" onClick={() => void ask('screen.release', {})}>
              {t('screen.release')}
            </Button>
          )}
          {screen.owner !== '' && !mine && (
            <Button variant="default" onClick={() => void ask('screen.request', { on: !asked })}>
              {t(asked ? 'screen.withdraw' : 'screen.request')}
            </Button>
          )}
          {screen.owner !== '' && !mine && moderates && (
            <Button variant="default" onClick={() => void ask('screen.takeOver', {})}>
              {t('screen.takeOver')}
            </Button>
          )}
          {mine &&
            screen.requests.map((r) => (
              <Button key={r.id} variant="light" onClick={() => void ask('screen.handOver', { userId: r.id })}>
                {t('screen.handTo', { name: r.name })}
              </Button>
            ))}
        </Group>
      </Group>
    </Paper>
  )
}
