import { Anchor, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './settingsTabs.module.css'

const tabs = [
  { to: '/settings', name: 'general' },
  { to: '/settings/security', name: 'security' },
  { to: '/settings/data', name: 'data' },
] as const

/** Each part of the settings has an address of its own. */
export function SettingsTabs() {
  const { t } = useTranslation('security')
  return (
    <Group component="nav" gap={4} aria-label={t('tabs.label')} className={classes['tabs']}>
      {tabs.map(({ to, name }) => (
        <Anchor
          key={to}
          component={Link}
          to={to}
          underline="never"
          className={classes['tab']}
          activeOptions={{ exact: true }}
        >
          {t(`tabs.${name}`)}
        </Anchor>
      ))}
    </Group>
  )
}
