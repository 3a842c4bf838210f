import { useTranslation } from 'react-i18next'

/** Times and days in the words of the chosen language. */
export function useWhen() {
  const { t, i18n } = useTranslation('room')
  const time = new Intl.DateTimeFormat(i18n.language, { hour: 'numeric', minute: '2-digit' })
  const day = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', month: 'long', day: 'numeric' })
  const full = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return {
    time: (at: number) => time.format(at),
    full: (at: number) => full.format(at),
    day: (at: number) => {
      const today = new Date().toDateString()
      const yesterday = new Date(Date.now() - 86_400_000).toDateString()
      const that = new Date(at).toDateString()
      return that === today ? t('chat.today') : that === yesterday ? t('chat.yesterday') : day.format(at)
    },
  }
}
