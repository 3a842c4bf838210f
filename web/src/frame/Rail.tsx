import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../app/hub.tsx'
import { Destinations } from './Destinations.tsx'
import classes from './Rail.module.css'

const Bell = lazy(() => import('../inbox/Bell.tsx').then((m) => ({ default: m.Bell })))
const MeMenu = lazy(() => import('./MeMenu.tsx').then((m) => ({ default: m.MeMenu })))

export function Rail() {
  const { t } = useTranslation()
  const session = useSession()
  return (
    <nav className={classes['rail']} aria-label={t('mainNavigation')}>
      <Link to="/" className={classes['mark']} aria-label={t('appName')}>
        <img src="/icon.svg" alt="" width={34} height={34} />
      </Link>
      <Destinations className={classes['item']} />
      <div className={classes['foot']}>
        <Suspense>
          {session.status === 'in' && <Bell key={session.me.id} className={classes['bell']} />}
          {session.status === 'in' && <MeMenu me={session.me} />}
        </Suspense>
      </div>
    </nav>
  )
}
