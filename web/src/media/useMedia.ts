import type { MediaHandle, MediaView } from '#client/media/types.ts'
import type { StudyHandle } from '#client/types.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { useStore } from '../hooks/useStore.ts'

export const useMediaView = (media: MediaHandle): MediaView => useStore(media.view)

/** In the voice, or on the way back into it. */
export const isIn = ({ status }: MediaView): boolean => status === 'in' || status === 'reconnecting'

/** '' when this node has media, else why it has none. */
export const useUnavailable = (room: StudyHandle): '' | 'no_worker' | 'off' | 'failed' =>
  useRoom(room, ({ media: { unavailable } }) =>
    unavailable === '' || unavailable === 'no_worker' || unavailable === 'off' ? unavailable : 'failed',
  )
