import { Kbd, Modal, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const keys = [
  ['palette', 'Ctrl / ⌘ K'],
  ['chat', '/'],
  ['timer', 'T'],
  ['hand', 'H'],
  ['focus', 'F'],
  ['panel', 'P'],
  ['here', 'Y'],
  ['back', 'Esc'],
  ['list', '?'],
] as const

export function Shortcuts({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['room', 'common'])
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
              <Table.Td>{t(`keys.${name}`)}</Table.Td>
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
