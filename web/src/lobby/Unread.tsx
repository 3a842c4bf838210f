import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './lobby.module.css'

/** How many messages of a room I have not read; nothing when I have read them all. */
export function Unread({ count }: { count: number }) {
  const { t } = useTranslation('lobby')
  return count > 0 ? (
    <span className={classes['badge']} title={t('unread', { count })}>
      <span aria-hidden>{count > 999 ? '999+' : count}</span>
      <VisuallyHidden>{t('unread', { count })}</VisuallyHidden>
    </span>
  ) : null
}
