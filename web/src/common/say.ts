import i18next from 'i18next'
import type { RefusalCode } from '#schemas/refusals.ts'
import { tell } from './notices.ts'

/** A short message at the top of the page. */
export const say = (message: string): void => tell({ message, color: 'accent' })

/** Tells in words why something was refused. */
export const sayRefusal = (code: RefusalCode): void =>
  tell({ message: i18next.t(`common:refusal.${code}`), color: 'red' })
