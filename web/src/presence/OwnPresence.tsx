import { useEffect } from 'react'
import { Idleness } from '#client/presence/idleness.ts'
import { systemTimers } from '#client/timers.ts'
import { usePresenceKeeper } from './keeper.ts'
import { doNotDisturb } from './quiet.ts'
import { useMyChoice } from './usePresences.ts'

const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/** Tells the server whether this device is idle, and the page whether its user wants to be left alone. */
export function OwnPresence() {
  const keeper = usePresenceKeeper()
  const choice = useMyChoice()
  useEffect(() => {
    doNotDisturb.set(choice === 'dnd')
    return () => doNotDisturb.set(false)
  }, [choice])
  useEffect(() => {
    if (!keeper) return
    const idleness = new Idleness(systemTimers, document.hidden)
    const tell = () => keeper.setIdle(idleness.idle.get())
    const stop = idleness.idle.subscribe(tell)
    const input = () => idleness.input()
    const sight = () => idleness.sight(document.hidden)
    for (const type of inputs) addEventListener(type, input, { passive: true, capture: true })
    document.addEventListener('visibilitychange', sight)
    tell()
    return () => {
      stop()
      idleness.close()
      for (const type of inputs) removeEventListener(type, input, { capture: true })
      document.removeEventListener('visibilitychange', sight)
    }
  }, [keeper])
  return null
}
