/** The value below which `share` (0-1) of the samples lie, NaN without samples. Sorts the samples in place. */
export function percentile(samples: number[], share: number): number {
  if (samples.length === 0) return Number.NaN
  samples.sort((a, b) => a - b)
  return samples[Math.min(samples.length - 1, Math.ceil(samples.length * share) - 1)] ?? Number.NaN
}

/** Milliseconds for a table. */
export const ms = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(value < 10 ? 1 : 0))
