import { useEffect, useState } from 'react'

/** Renders again about every `ms` milliseconds while `on`; for clocks computed from a start, never for state. */
export function useTick(ms: number, on = true): number {
  const [tick, setTick] = useState(0)
  useEffect(() => {
    if (!on) return
    const timer = setInterval(() => setTick((n) => n + 1), ms)
    return () => clearInterval(timer)
  }, [ms, on])
  return tick
}
