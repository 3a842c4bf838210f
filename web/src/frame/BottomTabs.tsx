import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../app/hub.tsx'
import { RequestsBadge } from '../people/RequestsBadge.lazy.ts'
import classes from './BottomTabs.module.css'
import { destinations } from './navigation.ts'

const Bell = lazy(() => import('../inbox/Bell.tsx').then((m) => ({ default: m.Bell })))

export function BottomTabs() {
  const { t } = useTranslation(['common', 'inbox'])
  const session = useSession()
  return (
    <nav className={classes['tabs']} aria-label={t('mainNavigation')}>
      {destinations.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} activeOptions={{ exact: to === '/' }} className={classes['tab']}>
          <Icon size={22} stroke={1.7} aria-hidden />
          <span>{t(label)}</span>
          {to === '/people' && session.status === 'in' && (
            <Suspense>
              <RequestsBadge />
            </Suspense>
          )}
        </Link>
      ))}
      <Suspense>
        {session.status === 'in' && <Bell key={session.me.id} className={classes['tab']} label={t('inbox:title')} />}
      </Suspense>
    </nav>
  )
}
