import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../app/hub.tsx'
import { RequestsBadge } from '../people/RequestsBadge.lazy.ts'
import { destinations } from './navigation.ts'

/** The links to the main destinations, for the rail and the bottom tabs. */
export function Destinations({ className }: { className: string | undefined }) {
  const { t } = useTranslation()
  const session = useSession()
  return destinations.map(({ to, label, icon: Icon }) => (
    <Link key={to} to={to} activeOptions={{ exact: to === '/' }} className={className}>
      <Icon size={22} stroke={1.7} aria-hidden />
      <span>{t(label)}</span>
      {to === '/people' && session.status === 'in' && (
        <Suspense>
          <RequestsBadge />
        </Suspense>
      )}
    </Link>
  ))
}
