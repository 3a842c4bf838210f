import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { InboxItem } from '#schemas/messages/inbox.ts'
import { useHub } from '../app/hub.tsx'
import { tell } from '../common/notices.ts'
import { doNotDisturb } from '../presence/quiet.ts'
import { roomScreen } from '../room/roomScreen.ts'
import { isQuiet, onQuietEnd } from '../room/stage/quiet.ts'

/** What was kept back through a focus mode comes no thicker than this. */
const SHOWN_AT_ONCE = 3

/** What is addressed to me, told wherever I am; in focus mode it waits until I leave that, in a quiet focus of the room until
 * its break (warnings do not). */
export function InboxNotices() {
  const { t } = useTranslation('room')
  const { t: tInbox } = useTranslation('inbox')
  const hub = useHub()
  useEffect(() => {
    let held: InboxItem[] = []
    const show = (item: InboxItem) => {
      // It stands in the list all the same.
      if (doNotDisturb.get() && item.kind !== 'warned') return
      switch (item.kind) {
        case 'warned':
          return tell({
            color: 'red',
            autoClose: 10_000,
            title: t('told.warned', { room: item.roomName, count: item.count }),
            message: item.reason,
          })
        case 'mentioned':
          return tell({
            title: t('told.mentioned', { name: item.by, room: item.roomName }),
            message: item.text,
          })
        case 'screenAsked':
          return tell({ message: t('told.screenAsked', { name: item.byName }) })
        case 'group':
          return tell({
            title: t(`told.group.${item.what}`, { name: item.by, group: item.groupName }),
            message: item.reason,
          })
        case 'friendAsked':
          return tell({ message: tInbox('kind.friendAsked', item) })
        case 'friendAccepted':
          return tell({ message: tInbox('kind.friendAccepted', item) })
        case 'check':
        case 'removed':
        case 'roomEnded':
          // the place itself shows why; see RoomGate
          return
      }
    }
    const waits = () => roomScreen.get().focus || isQuiet(hub)
    const release = () => {
      if (waits()) return
      for (const item of held.slice(-SHOWN_AT_ONCE)) show(item)
      held = []
    }
    const stops = [
      hub.onInbox((item) => {
        // It has a screen of its own, and can not wait.
        if (item.kind === 'check') return
        if (waits() && item.kind !== 'warned') held.push(item)
        else show(item)
      }),
      roomScreen.subscribe(release),
      onQuietEnd(hub, release),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [hub, t, tInbox])
  return null
}
