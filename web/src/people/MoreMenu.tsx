import { ActionIcon, Button, Group, Menu, Modal, Text } from '@mantine/core'
import { IconBan, IconDots, IconUserMinus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonView } from '#schemas/api/people.ts'
import { cardIsHeld } from './shownCard.ts'
import { useActs } from './useActs.ts'

/** What is done seldom and asked about before: ending a friendship, blocking. */
export function MoreMenu({ person }: { person: PersonView }) {
  const { t } = useTranslation(['people', 'common'])
  const { name } = person
  const acts = useActs(person)
  const [asked, setAsked] = useState<'unfriend' | 'block' | null>(null)
  const close = () => setAsked(null)
  const open = asked !== null
  useEffect(() => {
    if (!open) return
    cardIsHeld.set(true)
    return () => cardIsHeld.set(false)
  }, [open])
  return (
    <>
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <ActionIcon size={36} variant="subtle" color="gray" aria-label={t('act.more', { name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {person.standing.friendship === 'friends' && (
            <Menu.Item leftSection={<IconUserMinus size={16} />} onClick={() => setAsked('unfriend')}>
              {t('act.unfriend')}
            </Menu.Item>
          )}
          <Menu.Item color="var(--sh-danger)" leftSection={<IconBan size={16} />} onClick={() => setAsked('block')}>
            {t('act.block')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={open}
        onClose={close}
        centered
        // Above the card that it was asked from.
        zIndex={310}
        title={asked && t(`act.${asked}Of`, { name })}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {asked === 'block' && <Text size="sm">{t('act.blockText', { name })}</Text>}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              if (asked) void acts[asked]()
              close()
            }}
          >
            {asked && t(`act.${asked}`)}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
