import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DeviceKind, MediaHandle } from '#client/media/types.ts'
import { useStore } from '../hooks/useStore.ts'

type Props = { media: MediaHandle; kind: DeviceKind; onChosen?: () => void }

/** The devices of one kind that are plugged in; the system's own choice comes first. */
export function DeviceSelect({ media, kind, onChosen }: Props) {
  const { t } = useTranslation('media')
  const { found, chosen } = useStore(media.devices)
  const name = t(`devices.${kind}`)
  // Without a permission a browser gives neither names nor ids: there is nothing to choose from yet.
  const known = found[kind].filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default')
  return (
    <NativeSelect
      label={name}
      size="md"
      data={[
        { value: '', label: t('devices.usual') },
        ...known.map(({ deviceId, label }, i) => ({
          value: deviceId,
          label: label || t('devices.unnamed', { kind: name, count: i + 1 }),
        })),
      ]}
      value={known.some(({ deviceId }) => deviceId === chosen[kind]) ? chosen[kind] : ''}
      onChange={(event) => void media.choose(kind, event.currentTarget.value).then(() => onChosen?.())}
    />
  )
}
