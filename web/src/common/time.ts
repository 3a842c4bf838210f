/** 1:02:03 or 2:03, for milliseconds; fixed positions suit tabular figures. */
export function clockOf(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor((total % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(total % 60)}` : `${minutes}:${two(total % 60)}`
}

/** Always with hours: 0:02:03. */
export const longClockOf = (ms: number): string => (ms < 3_600_000 ? `0:${clockOf(ms).padStart(5, '0')}` : clockOf(ms))
