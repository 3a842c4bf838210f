import { useTranslation } from 'react-i18next'
import { durationText } from './durationText.ts'

/** Milliseconds in words of the language: "1 hr 5 min", "1시간 5분". */
export function useDurations(): (ms: number) => string {
  const { language } = useTranslation().i18n
  return (ms) => durationText(language, ms)
}
