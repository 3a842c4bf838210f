const formatters = new Map<string, Intl.NumberFormat>()

function unit(language: string, name: 'hour' | 'minute', value: number): string {
  const key = `${language} ${name}`
  let formatter = formatters.get(key)
  if (!formatter) {
    formatter = new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' })
    formatters.set(key, formatter)
  }
  return formatter.format(value)
}

/** Hours and whole minutes in the language's words, rounded down: what is shown was studied. */
export function durationText(language: string, ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000)
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return unit(language, 'minute', minutes)
  const rest = minutes % 60
  return rest === 0
    ? unit(language, 'hour', hours)
    : `${unit(language, 'hour', hours)} ${unit(language, 'minute', rest)}`
}
