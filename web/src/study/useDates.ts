import { useTranslation } from 'react-i18next'

/** Names of days in words. A day's name has no zone: it is read and written as UTC. */
export function useDates() {
  const { language } = useTranslation().i18n
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
    return (day: string) => formatter.format(Date.parse(`${day}T00:00:00Z`))
  }
  return {
    full: format({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }),
    short: format({ weekday: 'short', month: 'numeric', day: 'numeric' }),
    weekday: format({ weekday: 'short' }),
    month: format({ month: 'short' }),
    monthLong: format({ month: 'long' }),
  }
}
