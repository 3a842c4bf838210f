import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { RefusalCode } from '#schemas/refusals.ts'

/** A short message at the top of the page. */
export const say = (message: string): void => void notifications.show({ message, color: 'accent', withBorder: true })

/** Tells in words why something was refused. */
export const sayRefusal = (code: RefusalCode): void =>
  void notifications.show({ message: i18next.t(`common:refusal.${code}`), color: 'red', withBorder: true })
