import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useHub } from '../app/hub.tsx'

/** Leaves the room deliberately and goes to the lobby: first away from the room's address, for its page would enter again. */
export function useLeave(): () => Promise<void> {
  const hub = useHub()
  const navigate = useNavigate()
  return useCallback(async () => {
    await navigate({ to: '/' })
    await hub.leave()
  }, [hub, navigate])
}
