import { Group, Radio, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PresenceChoice } from '#schemas/presence.ts'
import { Section } from '../settings/Section.tsx'
import { PresenceMark } from './PresenceMark.tsx'
import { markOf, useMyPresence } from './useMyPresence.ts'

/** What to be taken for: the same choice as in the own menu, with what each means. */
export function PresenceSettings() {
  const { t } = useTranslation('presence')
  const { choice, choices, choose } = useMyPresence()
  return (
    <Section title={t('title')}>
      <Radio.Group aria-label={t('title')} value={choice} onChange={(value) => void choose(value as PresenceChoice)}>
        <Stack gap="sm">
          {choices.map((value) => (
            <Radio
              key={value}
              value={value}
              label={
                <Group gap={8} wrap="nowrap">
                  <PresenceMark state={markOf(value)} label={false} />
                  <Text span>{t(`choice.${value}`)}</Text>
                </Group>
              }
              description={t(`hint.${value}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Section>
  )
}
