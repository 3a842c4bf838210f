import { lazy } from 'react'

/** Asks the server, so it comes after the first load. */
export const RequestsBadge = lazy(() => import('./RequestsBadge.tsx').then((m) => ({ default: m.RequestsBadge })))
