import { useEffect, useState } from 'react'
import { Idleness } from '#client/presence/idleness.ts'
import { systemTimers } from '#client/timers.ts'
import { usePresenceKeeper } from './keeper.ts'
import { doNotDisturb } from './quiet.ts'
import { useMyChoice } from './usePresences.ts'
import { useStudying } from './useStudying.ts'

const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/** Tells the server whether this device is idle, and the page whether its user wants to be left alone. */
export function OwnPresence() {
  const keeper = usePresenceKeeper()
  const choice = useMyChoice()
  const studying = useStudying()
  const [idle, setIdle] = useState(false)
  useEffect(() => {
    doNotDisturb.set(choice === 'dnd')
    return () => doNotDisturb.set(false)
  }, [choice])
  // Who studies works in another window or on paper: that is not being away.
  useEffect(() => keeper?.setIdle(idle && !studying), [keeper, idle, studying])
  useEffect(() => {
    const idleness = new Idleness(systemTimers, document.hidden)
    const tell = () => setIdle(idleness.idle.get())
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
  }, [])
  return null
}
