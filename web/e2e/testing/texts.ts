import en from '#web/src/i18n/en/index.ts'
import ko from '#web/src/i18n/ko/index.ts'
import type { Texts as Translated } from '#web/src/i18n/texts.ts'

/** In one type: a translation lacks the plural forms that its language has not, and no test looks for those. */
export const bothOf = <T>(words: { readonly ko: Translated<T>; readonly en: T }) =>
  words as unknown as { readonly ko: T; readonly en: T }

/** The words of the screens, so that a test looks for what a person reads, in either language. */
export const texts = bothOf({ ko, en })
export type Texts = typeof en

/** Fills `{{name}}` as the screens do. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))
