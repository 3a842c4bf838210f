import { Badge, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { InboxEntry } from '#schemas/api/inbox.ts'
import { LinkCard } from '../common/links.tsx'
import { agoOf } from '../presence/ago.ts'
import classes from './inbox.module.css'
import { shownItem } from './shownItem.ts'

export function InboxRow({ entry, fresh, close }: { entry: InboxEntry; fresh: boolean; close: () => void }) {
  const { t, i18n } = useTranslation('inbox')
  const { title, text, to } = shownItem(t, entry.item)
  const body = (
    <>
      <Group gap="xs" wrap="nowrap" justify="space-between" align="start">
        <Text fw={600} size="sm">
          {title}
        </Text>
        {fresh && (
          <Badge size="sm" color="var(--sh-unread)" c="var(--sh-surface)" style={{ flex: 'none' }}>
            {t('fresh')}
          </Badge>
        )}
      </Group>
      {text !== '' && <Text size="sm">{text}</Text>}
      <Text size="xs" c="dimmed">
        {agoOf(entry.at, Date.now(), i18n.language)}
      </Text>
    </>
  )
  return (
    <li>
      {to ? (
        <LinkCard {...to} className={classes['row']} onClick={close}>
          {body}
        </LinkCard>
      ) : (
        <div className={classes['row']}>{body}</div>
      )}
    </li>
  )
}
