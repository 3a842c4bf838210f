import en from '#web/src/i18n/en/index.ts'
import ko from '#web/src/i18n/ko/index.ts'

/** The words of the screens, so that a test looks for what a person reads, in either language. */
export const texts = { ko, en } as unknown as { ko: typeof en; en: typeof en }
export type Texts = typeof en

/** Fills `{{name}}` as the screens do. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))
