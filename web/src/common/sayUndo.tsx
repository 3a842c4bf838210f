import { Button, Group, Text } from '@mantine/core'
import { hideNotification, showNotification } from '@mantine/notifications'
import i18next from 'i18next'

/** Long enough to read it, see the mistake and reach the button. */
const UNDO_MS = 8_000

/** Tells what was done, with the way back while it stands. `label` names it where "undo" would promise too much. */
export function sayUndo(message: string, undo: () => void, label: string = i18next.t('common:undo')): void {
  const id = showNotification({
    autoClose: UNDO_MS,
    withBorder: true,
    color: 'accent',
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button
          variant="light"
          onClick={() => {
            hideNotification(id)
            undo()
          }}
        >
          {label}
        </Button>
      </Group>
    ),
  })
}
