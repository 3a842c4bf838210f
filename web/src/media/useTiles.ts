import { useRef, useSyncExternalStore } from 'react'
import type { MediaView } from '#client/media/types.ts'
import type { StudyHandle } from '#client/types.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { type Tile, tileKey } from './tileOrder.ts'
import { isIn } from './useMedia.ts'

/** Every picture that can be seen here now, in the order of the desks: others' cameras and screen, and my own camera. My own screen never: it would show itself in itself. */
export function useTiles(room: StudyHandle, view: MediaView): readonly Tile[] {
  const others = useRoom(room, (s) =>
    [...s.members.values()]
      .filter((m) => m.userId !== room.me)
      .sort((a, b) => a.entrance - b.entrance)
      .flatMap((m) =>
        (['camera', 'screen'] as const)
          .filter((source) => m.producers.has(source))
          .map((source) => ({ userId: m.userId, source })),
      ),
  )
  if (!isIn(view)) return []
  const mine = view.own.some((one) => one.source === 'camera') ? [{ userId: room.me, source: 'camera' as const }] : []
  return [...others, ...mine].map(({ userId, source }) => ({
    ...{ userId, source, mine: userId === room.me },
    key: tileKey(userId, source),
  }))
}

/** Whether there is a picture to see, or a screen of mine that others see. Answers a plain value: the whole room draws by it. */
export function useHasPictures(room: StudyHandle): boolean {
  const { view } = room.media
  const mine = useSyncExternalStore(view.subscribe, () => {
    const now = view.get()
    if (!isIn(now)) return 'out'
    return now.own.some(({ source }) => source === 'camera' || source === 'screen') ? 'shown' : 'in'
  })
  const others = useRoom(room, (s) =>
    [...s.members.values()].some(
      (m) => m.userId !== room.me && (m.producers.has('camera') || m.producers.has('screen')),
    ),
  )
  return mine === 'shown' || (mine === 'in' && others)
}

/** Who spoke last and shows a face; stays while nobody speaks. */
export function useLastSpeaker(room: StudyHandle): string {
  const last = useRef('')
  const now = useRoom(room, (s) => (s.members.get(s.media.speaker)?.producers.has('camera') ? s.media.speaker : ''))
  if (now !== '' && now !== room.me) last.current = now
  return last.current
}
