import { Group, Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../common/links.tsx'

/** A visitor sees the rooms first and is then asked in (UX principle 7). */
export function Welcome() {
  const { t } = useTranslation(['lobby', 'common'])
  return (
    <Paper withBorder radius="lg" p="md" style={{ background: 'var(--sh-focus-soft)', borderColor: 'transparent' }}>
      <Group justify="space-between" gap="md">
        <Text fw={500}>{t('visitor')}</Text>
        <Group gap="xs">
          <LinkButton to="/sign-in" variant="default" size="md">
            {t('common:signIn')}
          </LinkButton>
          <LinkButton to="/sign-up" size="md">
            {t('common:signUp')}
          </LinkButton>
        </Group>
      </Group>
    </Paper>
  )
}
