import { Button, Stack, Text } from '@mantine/core'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { InboxKeeper } from '#client/inbox/inboxKeeper.ts'
import { Late } from '../common/Late.tsx'
import { InboxRow } from './InboxRow.tsx'

/** The kept list, newest first. To look at it is to have read it; what was new when it was opened stays marked until it closes. */
export function InboxPanel({ keeper, close }: { keeper: InboxKeeper; close: () => void }) {
  const { t } = useTranslation('inbox')
  const { entries, loaded, hasOlder, readThrough, unread } = useSyncExternalStore(
    keeper.view.subscribe,
    keeper.view.get,
  )
  const [readBefore] = useState(readThrough)
  useEffect(() => {
    if (unread > 0) void keeper.markRead()
  }, [keeper, unread])
  if (!loaded) return <Late />
  if (entries.length === 0)
    return (
      <Stack gap={4} py="xl" align="center">
        <Text fw={600}>{t('empty')}</Text>
        <Text size="sm" c="dimmed" ta="center">
          {t('emptyText')}
        </Text>
      </Stack>
    )
  return (
    <Stack gap="xs">
      <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
        {entries.toReversed().map((entry) => (
          <InboxRow key={entry.number} entry={entry} fresh={entry.number > readBefore} close={close} />
        ))}
      </Stack>
      {hasOlder && (
        <Button variant="default" onClick={() => void keeper.loadOlder()}>
          {t('older')}
        </Button>
      )}
    </Stack>
  )
}
