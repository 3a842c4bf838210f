import { lazy, Suspense, useEffect } from 'react'
import type { StudyHandle } from '#client/types.ts'
import { usePlace } from '../app/hub.tsx'
import { useStore } from '../hooks/useStore.ts'
import { Apart } from './Apart.tsx'
import { closeMediaScreen, mediaScreen } from './mediaScreen.ts'
import { useAudioOut } from './useAudioOut.ts'
import { useMediaKeys } from './useMediaKeys.ts'
import { useMediaNews } from './useMediaNews.ts'
import './words.ts'

const DeviceDialog = lazy(() => import('./DeviceDialog.tsx').then((m) => ({ default: m.DeviceDialog })))

/** What of voice and video belongs to the place and to no screen: sound, keys, what is told, the window of its own. */
export function MediaHost() {
  const place = usePlace()
  return place.status === 'in' ? <OfRoom key={place.roomId} room={place.room} /> : null
}

function OfRoom({ room }: { room: StudyHandle }) {
  const { media } = room
  useAudioOut(media)
  useMediaKeys(room)
  useMediaNews(media)
  const { devices, apart } = useStore(mediaScreen)
  useEffect(() => closeMediaScreen, [])
  return (
    <>
      {apart && <Apart key={`${apart.userId} ${apart.source}`} media={media} of={apart} />}
      <Suspense>{devices && <DeviceDialog room={room} joining={devices === 'join'} />}</Suspense>
    </>
  )
}
