import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { usePlace, useSession } from '../app/hub.tsx'
import { useStore } from '../hooks/useStore.ts'
import { shownCard } from '../people/shownCard.ts'
import { AccountLocale } from './AccountLocale.tsx'
import { BottomTabs } from './BottomTabs.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { Dialogs } from './Dialogs.tsx'
import { InboxNotices } from './InboxNotices.tsx'
import { PageTitle } from './PageTitle.tsx'
import { Palette } from './Palette.tsx'
import { PhaseRinger } from './PhaseRinger.tsx'
import { Rail } from './Rail.tsx'
import { RoomFollower } from './RoomFollower.tsx'
import classes from './Shell.module.css'
import { useNarrow } from './useNarrow.ts'

const PlaceBar = lazy(() => import('./PlaceBar.tsx').then((m) => ({ default: m.PlaceBar })))
const MediaHost = lazy(() => import('../media/MediaHost.tsx').then((m) => ({ default: m.MediaHost })))
const PresenceCheck = lazy(() => import('../checks/PresenceCheck.tsx').then((m) => ({ default: m.PresenceCheck })))
const OwnPresence = lazy(() => import('../presence/OwnPresence.tsx').then((m) => ({ default: m.OwnPresence })))
const CardHost = lazy(() => import('../people/CardHost.tsx').then((m) => ({ default: m.CardHost })))

/** The frame around every screen. Moving between screens never leaves the place one is in: that belongs to the hub. */
export function Shell() {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const place = usePlace()
  const card = useStore(shownCard)
  const session = useSession()
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (s) => s.location.pathname })
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page starts at its content, for screen readers too
  useEffect(() => {
    if (first.current) first.current = false
    else main.current?.focus({ preventScroll: true })
  }, [path])
  return (
    <div className={classes['shell']}>
      <a className={classes['skip']} href="#content">
        {t('skipToContent')}
      </a>
      {!narrow && <Rail />}
      <div className={classes['column']}>
        <ConnectionBanner />
        <main id="content" ref={main} tabIndex={-1} className={classes['main']}>
          <Outlet />
        </main>
        <Suspense>{place.status === 'in' && <PlaceBar />}</Suspense>
        {narrow && <BottomTabs />}
      </div>
      <RoomFollower />
      <InboxNotices />
      <PageTitle />
      <PhaseRinger />
      <AccountLocale />
      <Suspense>{session.status === 'in' && <OwnPresence />}</Suspense>
      <Palette />
      <Dialogs />
      <Suspense>{place.status === 'in' && <MediaHost />}</Suspense>
      <Suspense>{session.status === 'in' && <PresenceCheck />}</Suspense>
      <Suspense>{card && <CardHost />}</Suspense>
    </div>
  )
}
