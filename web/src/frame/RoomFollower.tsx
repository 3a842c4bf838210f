import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { usePlace, useSession } from '../app/hub.tsx'

/** Signed out somewhere else: whoever was inside is led to the sign-in page. */
export function RoomFollower() {
  const place = usePlace()
  const session = useSession()
  const navigate = useNavigate()
  const wasIn = useRef(false)
  useEffect(() => {
    if (session.status === 'in') wasIn.current = true
    else if (session.status === 'out' && wasIn.current && place.status === 'signedOut') {
      wasIn.current = false
      void navigate({ to: '/sign-in' })
    }
  }, [session, place, navigate])
  return null
}
