import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Locale } from '#schemas/limits.ts'
import type groups from './en/groups.ts'
import type en from './en/index.ts'
import type media from './en/media.ts'
import type passkeys from './en/passkeys.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof en & { groups: typeof groups; media: typeof media; passkeys: typeof passkeys }
  }
}

const KEY = 'studyhub.locale'
const texts = { ko: () => import('./ko/index.ts'), en: () => import('./en/index.ts') }

export const hasChosenLocale = (): boolean => localStorage.getItem(KEY) !== null

/** The chosen language, else the browser's first that we speak, else English. */
export function preferredLocale(): Locale {
  const kept = localStorage.getItem(KEY)
  if (kept === 'ko' || kept === 'en') return kept
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'ko' || tag === 'en')
  return spoken === 'ko' ? 'ko' : 'en'
}

export async function startI18n(): Promise<void> {
  await i18next
    .use(initReactI18next)
    .init({ fallbackLng: false, defaultNS: 'common', interpolation: { escapeValue: false } })
  await setLocale(preferredLocale(), false)
}

/** Loads the language's texts when they are needed, and keeps the choice. */
export async function setLocale(locale: Locale, keep = true): Promise<void> {
  const { default: all } = await texts[locale]()
  for (const [name, words] of Object.entries(all)) i18next.addResourceBundle(locale, name, words)
  if (keep) localStorage.setItem(KEY, locale)
  document.documentElement.lang = locale
  await i18next.changeLanguage(locale)
}
