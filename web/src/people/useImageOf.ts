import { useQuery } from '@tanstack/react-query'
import type { StudyHandle } from '#client/types.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { faceOf } from './faces.ts'

/** The image of somebody who has spoken: from the room while he sits there, else asked for together with others. */
export function useImageOf(room: StudyHandle, author: string): string | null {
  const hub = useHub()
  const here = useRoom(room, (s) => s.members.get(author)?.image ?? null)
  const { data } = useQuery(
    {
      queryKey: ['face', author],
      enabled: here === null && author !== '',
      staleTime: 300_000,
      queryFn: () => faceOf(hub, author),
    },
    queries,
  )
  return here ?? data ?? null
}
