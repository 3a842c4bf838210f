import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signOut } from '#client/session.ts'
import { ChangePassword } from '../accounts/ChangePassword.tsx'
import { useHub, useSession } from '../app/hub.tsx'
import { LinkButton } from '../common/links.tsx'
import { PresenceSettings } from '../presence/PresenceSettings.tsx'
import { LookSettings } from './LookSettings.tsx'
import { ProfileForm } from './ProfileForm.tsx'
import { Section } from './Section.tsx'
import { SettingsTabs } from './SettingsTabs.tsx'

export function SettingsPage() {
  const { t } = useTranslation(['settings', 'common'])
  const hub = useHub()
  const session = useSession()
  const navigate = useNavigate()
  const leave = async () => {
    await signOut(hub)
    await navigate({ to: '/' })
  }
  return (
    <Stack maw={640} mx="auto" p={{ base: 'md', sm: 'xl' }} gap="lg">
      <Title order={1} size="h2">
        {t('title')}
      </Title>
      <SettingsTabs />
      {session.status === 'in' && <ProfileForm key={session.me.id} me={session.me} />}
      {session.status === 'out' && (
        <Section title={t('profile')}>
          <Text c="dimmed">{t('signedOut')}</Text>
          <Group>
            <LinkButton to="/sign-in" search={{ next: '/settings' }} size="md">
              {t('common:signIn')}
            </LinkButton>
          </Group>
        </Section>
      )}
      {session.status === 'in' && <PresenceSettings />}
      <LookSettings />
      {session.status === 'in' && <ChangePassword />}
      {session.status === 'in' && (
        <Section title={t('account')}>
          <Text size="sm" c="dimmed">
            {t('signOutHint')}
          </Text>
          <Group>
            <Button variant="default" size="md" onClick={() => void leave()}>
              {t('common:signOut')}
            </Button>
          </Group>
        </Section>
      )}
    </Stack>
  )
}
