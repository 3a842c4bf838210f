import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useHub } from '../app/hub.tsx'

/** What is addressed to me, told wherever I am. */
export function InboxNotices() {
  const { t } = useTranslation('room')
  const hub = useHub()
  useEffect(
    () =>
      hub.onInbox((item) => {
        switch (item.kind) {
          case 'warned':
            notifications.show({
              color: 'red',
              autoClose: 10_000,
              withBorder: true,
              title: t('told.warned', { room: item.roomName, count: item.count }),
              message: item.reason,
            })
            break
          case 'mentioned':
            notifications.show({
              withBorder: true,
              title: t('told.mentioned', { name: item.by, room: item.roomName }),
              message: item.text,
            })
            break
          case 'screenAsked':
            notifications.show({ withBorder: true, message: t('told.screenAsked', { name: item.byName }) })
            break
          case 'removed':
            // the place itself shows why; see RoomGate
            break
        }
      }),
    [hub, t],
  )
  return null
}
