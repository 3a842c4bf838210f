import { createContext, type ReactNode, useContext } from 'react'
import type { PlaceView, SessionView, StudyHub } from '#client/types.ts'
import { useStore } from '../hooks/useStore.ts'

const HubContext = createContext<StudyHub | null>(null)

export const HubProvider = ({ hub, children }: { hub: StudyHub; children: ReactNode }) => (
  <HubContext value={hub}>{children}</HubContext>
)

export function useHub(): StudyHub {
  const hub = useContext(HubContext)
  if (!hub) throw new Error('no hub above this component')
  return hub
}
export const useSession = (): SessionView => useStore(useHub().session)
export const usePlace = (): PlaceView => useStore(useHub().place)
