import { useTranslation } from 'react-i18next'

export type When = { time(at: number): string; full(at: number): string; day(at: number): string }
type Formats = Record<'time' | 'day' | 'full', Intl.DateTimeFormat>

// Making a formatter costs more than drawing a message: one set per language.
const kept = new Map<string, Formats>()
function formatsOf(language: string): Formats {
  const formats = kept.get(language) ?? {
    time: new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }),
    day: new Intl.DateTimeFormat(language, { weekday: 'long', month: 'long', day: 'numeric' }),
    full: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }),
  }
  kept.set(language, formats)
  return formats
}

/** Times and days in the words of the chosen language. */
export function useWhen(): When {
  const { t, i18n } = useTranslation('room')
  const formats = formatsOf(i18n.language)
  return {
    time: (at: number) => formats.time.format(at),
    full: (at: number) => formats.full.format(at),
    day: (at: number) => {
      const today = new Date().toDateString()
      const yesterday = new Date(Date.now() - 86_400_000).toDateString()
      const that = new Date(at).toDateString()
      return that === today ? t('chat.today') : that === yesterday ? t('chat.yesterday') : formats.day.format(at)
    },
  }
}
