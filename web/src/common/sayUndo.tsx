import { Button, Group, Text } from '@mantine/core'
import i18next from 'i18next'
import { randomId } from '#client/randomId.ts'
import { tell, untell } from './notices.ts'

/** Long enough to read it, see the mistake and reach the button. */
const UNDO_MS = 8_000

/** Tells what was done, with the way back while it stands. `label` names it where "undo" would promise too much. */
export function sayUndo(message: string, undo: () => void, label: string = i18next.t('common:undo')): void {
  const id = randomId()
  tell({
    id,
    autoClose: UNDO_MS,
    color: 'accent',
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button
          variant="light"
          onClick={() => {
            untell(id)
            undo()
          }}
        >
          {label}
        </Button>
      </Group>
    ),
  })
}
