import { useCallback } from 'react'
import type { StudyRequest } from '#client/types.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { sayRefusal } from '../common/say.ts'
import { useStudyRoom } from './roomContext.tsx'

/** Sends a request to the room; a refusal is told in words and answered as it is. */
export function useAsk(): StudyRequest {
  const room = useStudyRoom()
  return useCallback(
    async (type, payload) => {
      const answer = await room.request(type, payload)
      if (isRefusal(answer) && answer.refused !== 'nothing_to_do') sayRefusal(answer.refused)
      return answer
    },
    [room],
  )
}
