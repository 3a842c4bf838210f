import { Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '#schemas/api/accounts.ts'
import { useSession } from '../app/hub.tsx'
import { LinkButton } from '../common/links.tsx'
import { Section } from '../settings/Section.tsx'
import { SettingsTabs } from '../settings/SettingsTabs.tsx'

/** A part of the settings that is only for who is signed in. */
export function SettingsFrame({ path, children }: { path: string; children: (me: Me) => ReactNode }) {
  const { t } = useTranslation(['security', 'settings', 'common'])
  const session = useSession()
  return (
    <Stack maw={640} mx="auto" p={{ base: 'md', sm: 'xl' }} gap="lg">
      <Title order={1} size="h2">
        {t('settings:title')}
      </Title>
      <SettingsTabs />
      {session.status === 'in' && children(session.me)}
      {session.status === 'out' && (
        <Section title={t('title')}>
          <Text c="dimmed">{t('signedOut')}</Text>
          <Group>
            <LinkButton to="/sign-in" search={{ next: path }} size="md">
              {t('common:signIn')}
            </LinkButton>
          </Group>
        </Section>
      )}
    </Stack>
  )
}
