let last = 0

/** Never the same again, also not after the process began anew a second later. */
export function nextEpoch(now = Date.now()): number {
  last = Math.max(last + 1, Math.floor(now / 1000))
  return last
}
