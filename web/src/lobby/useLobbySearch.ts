import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useHub } from '../app/hub.tsx'
import { type LobbySearch, queryOf, refined } from './lobbySearch.ts'

const route = getRouteApi('/')

export type LobbyAddress = {
  readonly search: LobbySearch
  /** Another filter, at its first page. `replace` where each letter is a change. */
  refine(change: LobbySearch, opts?: { replace: boolean }): void
  clear(): void
}

/** The lobby looks at what its address says, so that back and reload work. */
export function useLobbySearch(): LobbyAddress {
  const { lobby } = useHub()
  const search = route.useSearch()
  const navigate = useNavigate()
  useEffect(() => void lobby.look(queryOf(search)), [lobby, search])
  return {
    search,
    refine: (change, opts) =>
      void navigate({ to: '/', search: refined(search, change), resetScroll: false, replace: opts?.replace ?? false }),
    clear: () => void navigate({ to: '/', search: {} }),
  }
}
