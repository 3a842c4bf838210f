import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './BottomTabs.module.css'
import { destinations } from './navigation.ts'

export function BottomTabs() {
  const { t } = useTranslation()
  return (
    <nav className={classes['tabs']} aria-label={t('mainNavigation')}>
      {destinations.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} activeOptions={{ exact: to === '/' }} className={classes['tab']}>
          <Icon size={22} stroke={1.7} aria-hidden />
          <span>{t(label)}</span>
        </Link>
      ))}
    </nav>
  )
}
