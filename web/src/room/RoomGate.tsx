import { Button, Group, Loader, PasswordInput, Stack } from '@mantine/core'
import { IconArmchairOff, IconBan, IconDeviceDesktop, IconDoorOff, IconKey, IconRefresh } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlaceView } from '#client/types.ts'
import { useHub, usePlace, useSession } from '../app/hub.tsx'
import { LinkButton } from '../common/links.tsx'
import { NotFound } from '../pages/NotFound.tsx'
import { Notice } from '../pages/Notice.tsx'

const ICON = 44

/** Between an address and a seat: entering, or the reason why there is none and what can be done. */
export function RoomGate({ roomId }: { roomId: string }) {
  const hub = useHub()
  const session = useSession()
  const place = usePlace()
  const navigate = useNavigate()
  // An old page gets no seat anywhere.
  const concerned =
    place.status === 'outdated' ||
    (place.status !== 'none' && place.status !== 'in' && 'roomId' in place && place.roomId === roomId)
  // Entering is asked for once per address; after that the person decides (again, with a password, use it here).
  useEffect(() => {
    if (session.status === 'out') void navigate({ to: '/sign-in', search: { next: `/rooms/${roomId}` }, replace: true })
    else if (session.status === 'in') {
      const now = hub.place.get()
      const known = 'roomId' in now && now.roomId === roomId && now.status !== 'refused'
      if (!known) void hub.enter(roomId)
    }
  }, [session.status, roomId, hub, navigate])
  return concerned ? <Reason roomId={roomId} place={place} /> : <Entering />
}

function Entering() {
  const { t } = useTranslation()
  return (
    <Group justify="center" p="xl" mih="60vh" role="status">
      <Loader size="sm" />
      {t('place.entering')}
    </Group>
  )
}

function Reason({ roomId, place }: { roomId: string; place: PlaceView }) {
  const { t } = useTranslation(['common', 'lobby'])
  const hub = useHub()
  const toLobby = (
    <LinkButton to="/" variant="default" size="md">
      {t('toLobby')}
    </LinkButton>
  )
  switch (place.status) {
    case 'elsewhere':
      return (
        <Notice
          icon={<IconDeviceDesktop size={ICON} />}
          title={t('place.elsewhere.title')}
          text={t('place.elsewhere.text')}
        >
          <Group>
            <Button size="md" onClick={() => void hub.continueHere()}>
              {t('place.elsewhere.action')}
            </Button>
            {toLobby}
          </Group>
        </Notice>
      )
    case 'removed':
      return (
        <Notice
          icon={<IconBan size={ICON} />}
          title={t(`place.${place.how}.title`)}
          text={t(`place.${place.how}.text`)}
        >
          {toLobby}
        </Notice>
      )
    case 'ended':
      return (
        <Notice icon={<IconDoorOff size={ICON} />} title={t('place.ended.title')} text={t('place.ended.text')}>
          {toLobby}
        </Notice>
      )
    case 'outdated':
      return (
        <Notice icon={<IconRefresh size={ICON} />} title={t('place.outdated.title')} text={t('place.outdated.text')}>
          <Button size="md" onClick={() => location.reload()}>
            {t('place.outdated.action')}
          </Button>
        </Notice>
      )
    case 'refused': {
      const code = place.refusal.refused
      if (code === 'password_required' || code === 'wrong_password')
        return <AskPassword roomId={roomId} wrong={code === 'wrong_password'} />
      if (code === 'not_found' || code === 'gone') return <NotFound />
      return (
        <Notice icon={<IconArmchairOff size={ICON} />} title={t(`refusal.${code}`)} text="">
          <Group>
            <Button size="md" onClick={() => void hub.enter(roomId)}>
              {t('retry')}
            </Button>
            {toLobby}
          </Group>
        </Notice>
      )
    }
    default:
      return <Entering />
  }
}

function AskPassword({ roomId, wrong }: { roomId: string; wrong: boolean }) {
  const { t } = useTranslation(['lobby', 'common'])
  const hub = useHub()
  const [password, setPassword] = useState('')
  return (
    <Notice icon={<IconKey size={ICON} />} title={t('askPassword.title')} text="">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void hub.enter(roomId, { password })
        }}
      >
        <Stack miw={280} ta="start">
          <PasswordInput
            label={t('askPassword.label')}
            size="md"
            autoFocus
            autoComplete="off"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={wrong && t('common:refusal.wrong_password')}
          />
          <Button type="submit" size="md" disabled={password === ''}>
            {t('askPassword.enter')}
          </Button>
        </Stack>
      </form>
    </Notice>
  )
}
