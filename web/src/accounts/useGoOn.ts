import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useSession } from '../app/hub.tsx'

/** Whoever is signed in is not asked to sign in: on to where he wanted to go. */
export function useGoOn(next: string | undefined): void {
  const session = useSession()
  const router = useRouter()
  useEffect(() => {
    if (session.status === 'in') router.history.replace(next ?? '/')
  }, [session, router, next])
}
