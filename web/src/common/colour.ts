/** A calm hue from an id, always the same for the same person; text on it keeps AA contrast in both themes. */
function hueOf(id: string): number {
  let hash = 2166136261
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619)
  return (hash >>> 0) % 360
}
export const faceColours = (id: string) => ({
  background: `light-dark(hsl(${hueOf(id)} 42% 86%), hsl(${hueOf(id)} 26% 28%))`,
  color: `light-dark(hsl(${hueOf(id)} 45% 24%), hsl(${hueOf(id)} 40% 86%))`,
})

/** First letters of a name: one for Hangul and other wide scripts, up to two for Latin. */
export function initialsOf(name: string): string {
  const letters = [...name.trim()]
  const first = letters[0] ?? '?'
  if (!/\p{Script=Latin}/u.test(first)) return first
  const second = name.trim().split(/\s+/u)[1]
  return (first + (second ? ([...second][0] ?? '') : '')).toUpperCase()
}
