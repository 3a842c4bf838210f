import { Kbd, Modal, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import '../media/words.ts'

const keys = [
  ['room:keys.palette', 'Ctrl / ⌘ K'],
  ['room:keys.chat', '/'],
  ['room:keys.timer', 'T'],
  ['media:keys.mic', 'M'],
  ['media:keys.camera', 'V'],
  ['media:keys.ears', 'D'],
  ['media:keys.share', 'S'],
  ['room:keys.hand', 'H'],
  ['room:keys.focus', 'F'],
  ['room:keys.panel', 'P'],
  ['room:keys.here', 'Y'],
  ['room:keys.back', 'Esc'],
  ['room:keys.list', '?'],
] as const

export function Shortcuts({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['room', 'media', 'common'])
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      radius="lg"
    >
      <Table>
        <Table.Tbody>
          {keys.map(([name, key]) => (
            <Table.Tr key={name}>
              <Table.Td>{t(name)}</Table.Td>
              <Table.Td ta="end">
                <Kbd>{key}</Kbd>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
