import type { NotificationData } from '@mantine/notifications'
import i18next from 'i18next'
import { lazy } from 'react'

const first = Promise.withResolvers<void>()
const loaded = first.promise.then(() => import('@mantine/notifications'))

/** Where short messages appear; loaded with the first one. */
export const Notices = lazy(() => loaded.then((m) => ({ default: m.Notifications })))

export function tell(notice: NotificationData): void {
  first.resolve()
  void loaded.then((m) =>
    m.notifications.show({
      withBorder: true,
      closeButtonProps: { 'aria-label': i18next.t('common:close') },
      ...notice,
    }),
  )
}

/** Takes back what was told under this id. */
export const untell = (id: string): void => void loaded.then((m) => m.notifications.hide(id))
