import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconApps, IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { devices, endDevice, endOtherDevices } from '#client/sessions.ts'
import type { Device } from '#schemas/api/sessions.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { Late } from '../common/Late.tsx'
import { queries } from '../common/queries.ts'
import { say, sayRefusal } from '../common/say.ts'
import { ItemLine } from '../settings/ItemLine.tsx'
import { Section } from '../settings/Section.tsx'
import { relativeTime } from './relativeTime.ts'

const KEY = ['devices']
const ACTIVE_MS = 15 * 60_000

/** Every session of mine; any but this one can be ended from here. */
export function DeviceList() {
  const { t } = useTranslation('security')
  const hub = useHub()
  const { data, refetch } = useQuery(
    {
      queryKey: KEY,
      queryFn: async () => {
        const answer = await devices(hub)
        if (isRefusal(answer)) throw new Error(answer.refused)
        return answer
      },
    },
    queries,
  )
  const end = async (device: Device) => {
    const answer = await endDevice(hub, device.id)
    // Ended from elsewhere meanwhile: that is what was wanted.
    if (isRefusal(answer) && answer.refused !== 'not_found') return sayRefusal(answer.refused)
    say(t('devices.ended'))
    await refetch()
  }
  const endOthers = async () => {
    const answer = await endOtherDevices(hub)
    if (isRefusal(answer)) return sayRefusal(answer.refused)
    say(t('devices.endedOthers', { count: answer.ended }))
    await refetch()
  }
  return (
    <Section title={t('devices.title')}>
      <Text size="sm" c="dimmed">
        {t('devices.text')}
      </Text>
      {data ? (
        <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
          {[...data]
            .sort((a, b) => Number(b.current) - Number(a.current))
            .map((device) => (
              <DeviceRow key={device.id} device={device} onEnd={() => void end(device)} />
            ))}
        </Stack>
      ) : (
        <>
          <Skeleton height={56} radius="md" />
          <Late />
        </>
      )}
      {data && data.length > 1 && (
        <Group justify="flex-end">
          <Button variant="default" size="md" onClick={() => void endOthers()}>
            {t('devices.endOthers')}
          </Button>
        </Group>
      )}
    </Section>
  )
}

function DeviceRow({ device, onEnd }: { device: Device; onEnd: () => void }) {
  const { t, i18n } = useTranslation('security')
  const { program, system, kind, phone, network, current, usedAt } = device
  const name = program && system ? t('devices.named', { program, system }) : program || system || t('devices.unknown')
  const Icon = kind === 'token' ? IconApps : phone ? IconDeviceMobile : IconDeviceDesktop
  const active = current || Date.now() - usedAt < ACTIVE_MS
  const when = relativeTime(usedAt, Date.now(), i18n.language)
  return (
    <ItemLine
      icon={Icon}
      name={name}
      badges={
        <>
          {current && <Badge variant="light">{t('devices.this')}</Badge>}
          {kind === 'token' && (
            <Badge variant="outline" color="gray">
              {t('devices.app')}
            </Badge>
          )}
        </>
      }
      details={
        <>
          {active ? t('devices.now') : t('devices.used', { when })}
          {network && ` · ${t('devices.network', { network })}`}
        </>
      }
    >
      {!current && (
        <Button variant="subtle" color="red" aria-label={t('devices.endNamed', { name })} onClick={onEnd}>
          {t('devices.end')}
        </Button>
      )}
    </ItemLine>
  )
}
