import { useEffect, useRef } from 'react'
import type { StudyHandle } from '#client/types.ts'
import { usePlace } from '../app/hub.tsx'
import { ring, rings } from '../common/ring.ts'
import { usePhase } from '../hooks/usePhase.ts'

/** Rings softly when the shared phase changes while one is in the room, on whatever screen; by setting. */
export function PhaseRinger() {
  const place = usePlace()
  return place.status === 'in' ? <OfRoom key={place.roomId} room={place.room} /> : null
}

function OfRoom({ room }: { room: StudyHandle }) {
  const phase = usePhase(room)
  const index = phase?.index ?? null
  const name = phase?.name
  const before = useRef(index)
  useEffect(() => {
    // A start or an end by hand is no news to whoever did it; a phase that follows another is.
    if (index !== null && before.current !== null && index !== before.current && rings())
      void ring(name === 'focus' ? 'focus' : 'break')
    before.current = index
  }, [index, name])
  return null
}
