import { Fieldset, NativeSelect, Stack, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type MediaPolicy, type MicrophoneTimes, microphoneTimes } from '#schemas/media/sources.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import './words.ts'

export const mediaPolicyOf = ({ media }: StudyState): MediaPolicy => ({
  microphones: microphoneTimes.find((time) => time === media.microphones) ?? 'always',
  cameras: media.cameras,
  screens: media.screens,
})

type Props = { value: MediaPolicy; onChange: (value: MediaPolicy) => void }

/** What members may publish, and when they may speak (V7, T3). */
export function MediaSettings({ value, onChange }: Props) {
  const { t } = useTranslation('media')
  return (
    <Fieldset legend={t('rules.legend')} radius="md">
      <Stack gap="sm">
        <NativeSelect
          label={t('rules.microphones')}
          description={t('rules.hint')}
          size="md"
          data={microphoneTimes.map((time) => ({ value: time, label: t(`rules.${time}`) }))}
          value={value.microphones}
          onChange={(event) => onChange({ ...value, microphones: event.currentTarget.value as MicrophoneTimes })}
        />
        <Switch
          label={t('rules.cameras')}
          checked={value.cameras}
          onChange={(event) => onChange({ ...value, cameras: event.currentTarget.checked })}
        />
        <Switch
          label={t('rules.screens')}
          checked={value.screens}
          onChange={(event) => onChange({ ...value, screens: event.currentTarget.checked })}
        />
      </Stack>
    </Fieldset>
  )
}
