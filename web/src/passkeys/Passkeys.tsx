import { ActionIcon, Badge, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconKey, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { passkeys } from '#client/passkeys.ts'
import type { Passkey } from '#schemas/api/passkeys.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'
import { relativeTime } from '../security/relativeTime.ts'
import { ItemLine } from '../settings/ItemLine.tsx'
import { Section } from '../settings/Section.tsx'
import './words.ts'
import { canUsePasskeys } from './browserKeys.ts'
import { PasskeyForm, type PasskeyTask } from './PasskeyForm.tsx'

/** My passkeys, where they are offered. */
export function Passkeys() {
  const { t } = useTranslation(['passkeys', 'common'])
  const hub = useHub()
  const [task, setTask] = useState<PasskeyTask | null>(null)
  const { data, refetch } = useQuery(
    {
      queryKey: ['passkeys'],
      queryFn: async () => {
        const answer = await passkeys(hub)
        if (isRefusal(answer)) throw new Error(answer.refused)
        return answer
      },
    },
    queries,
  )
  if (!data || (!data.offered && data.passkeys.length === 0)) return null
  const end = () => {
    setTask(null)
    void refetch()
    // Whether a provider is the only way in depends on them.
    void queries.invalidateQueries({ queryKey: ['linkedWays'] })
  }
  const titles = { add: t('add'), rename: t('renameTitle'), remove: t('removeTitle') }
  return (
    <Section title={t('title')}>
      <Text size="sm" c="dimmed">
        {t('text')}
      </Text>
      {data.passkeys.length > 0 ? (
        <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
          {data.passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onTask={setTask} />
          ))}
        </Stack>
      ) : (
        <Text size="sm">{t('none')}</Text>
      )}
      {data.offered && (
        <Group>
          {canUsePasskeys() ? (
            <Button
              size="md"
              variant={data.passkeys.length > 0 ? 'default' : 'filled'}
              onClick={() => setTask({ kind: 'add' })}
            >
              {t('add')}
            </Button>
          ) : (
            <Text size="sm" c="dimmed">
              {t('unsupported')}
            </Text>
          )}
        </Group>
      )}
      <Modal
        opened={task !== null}
        onClose={() => setTask(null)}
        title={task ? titles[task.kind] : ''}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {task && <PasskeyForm task={task} onEnd={end} />}
      </Modal>
    </Section>
  )
}

function PasskeyRow({ passkey, onTask }: { passkey: Passkey; onTask: (task: PasskeyTask) => void }) {
  const { t, i18n } = useTranslation('passkeys')
  const { name, synced, createdAt, usedAt } = passkey
  const made = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(createdAt)
  const ago = usedAt === null ? 0 : Date.now() - usedAt
  const used =
    usedAt === null
      ? t('unused')
      : ago < 60_000
        ? t('usedNow')
        : t('used', { when: relativeTime(usedAt, Date.now(), i18n.language) })
  return (
    <ItemLine
      icon={IconKey}
      name={name}
      badges={synced && <Badge variant="light">{t('synced')}</Badge>}
      details={`${t('made', { when: made })} · ${used}`}
    >
      <Group gap={4} wrap="nowrap">
        <ActionIcon
          size={44}
          variant="subtle"
          color="gray"
          aria-label={t('rename', { name })}
          onClick={() => onTask({ kind: 'rename', passkey })}
        >
          <IconPencil size={20} stroke={1.6} />
        </ActionIcon>
        <ActionIcon
          size={44}
          variant="subtle"
          color="red"
          aria-label={t('remove', { name })}
          onClick={() => onTask({ kind: 'remove', passkey })}
        >
          <IconTrash size={20} stroke={1.6} />
        </ActionIcon>
      </Group>
    </ItemLine>
  )
}
