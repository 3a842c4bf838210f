import { IconBell } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../app/hub.tsx'
import classes from './BottomTabs.module.css'
import { Destinations } from './Destinations.tsx'

const Bell = lazy(() => import('../inbox/Bell.tsx').then((m) => ({ default: m.Bell })))

export function BottomTabs() {
  const { t } = useTranslation(['common', 'inbox'])
  const session = useSession()
  // Keeps the bell's place: the other tabs do not move when it comes.
  const bellToCome = (
    <span className={classes['tab']} aria-hidden>
      <IconBell size={22} stroke={1.7} />
      <span>{t('inbox:title')}</span>
    </span>
  )
  return (
    <nav className={classes['tabs']} aria-label={t('mainNavigation')}>
      <Destinations className={classes['tab']} />
      <Suspense fallback={bellToCome}>
        {session.status === 'in' && (
          <Bell key={session.me.id} className={classes['tab']} label={t('inbox:title')} until={bellToCome} />
        )}
        {session.status !== 'in' && session.status !== 'out' && bellToCome}
      </Suspense>
    </nav>
  )
}
