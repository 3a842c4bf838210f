import { useEffect, useState } from 'react'

type Ticker = { readonly watchers: Set<() => void>; timer: ReturnType<typeof setInterval> }
const tickers = new Map<number, Ticker>()

/** All clocks of one pace tick together, so that a hundred desks are one drawing and not a hundred. */
function watch(ms: number, tick: () => void): () => void {
  const ticker = tickers.get(ms) ?? start(ms)
  ticker.watchers.add(tick)
  return () => {
    ticker.watchers.delete(tick)
    if (ticker.watchers.size > 0) return
    clearInterval(ticker.timer)
    tickers.delete(ms)
  }
}
function start(ms: number): Ticker {
  const watchers = new Set<() => void>()
  const timer = setInterval(() => {
    for (const tick of [...watchers]) tick()
  }, ms)
  const ticker = { watchers, timer }
  tickers.set(ms, ticker)
  return ticker
}

/** Renders again about every `ms` milliseconds while `on`; for clocks computed from a start, never for state. */
export function useTick(ms: number, on = true): number {
  const [count, setCount] = useState(0)
  useEffect(() => (on ? watch(ms, () => setCount((n) => n + 1)) : undefined), [ms, on])
  return count
}
