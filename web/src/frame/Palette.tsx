import { useHotkeys } from '@mantine/hooks'
import { lazy, Suspense, useState } from 'react'

// Loaded when first asked for: a visitor's first page does without.
const PaletteSearch = lazy(() => import('./PaletteSearch.tsx').then((m) => ({ default: m.PaletteSearch })))
const Shortcuts = lazy(() => import('./Shortcuts.tsx').then((m) => ({ default: m.Shortcuts })))

/** Ctrl/Cmd K: commands of the room one is in, screens, rooms anywhere; `?`: the list of keys. */
export function Palette() {
  const [shown, setShown] = useState<'search' | 'keys' | null>(null)
  const close = () => setShown(null)
  useHotkeys([['mod+K', () => setShown((now) => (now === 'search' ? null : 'search'))]], [])
  useHotkeys([['shift+?', () => setShown('keys')]])
  return (
    <Suspense>
      {shown === 'search' && <PaletteSearch onClose={close} onKeys={() => setShown('keys')} />}
      {shown === 'keys' && <Shortcuts opened onClose={close} />}
    </Suspense>
  )
}
