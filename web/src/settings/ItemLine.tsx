import { Group, Text, ThemeIcon } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

type ItemLineProps = {
  readonly icon: TablerIcon
  readonly name: string
  /** Beside the name. */
  readonly badges: ReactNode
  /** Under it. */
  readonly details: ReactNode
  /** What can be done with it. */
  readonly children: ReactNode
}

/** One thing of mine in a list: a device, a passkey. */
export function ItemLine({ icon: Icon, name, badges, details, children }: ItemLineProps) {
  return (
    <Group component="li" wrap="nowrap" gap="md">
      <ThemeIcon variant="light" size={40} radius="md" aria-hidden>
        <Icon size={22} stroke={1.6} />
      </ThemeIcon>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={600} truncate>
            {name}
          </Text>
          {badges}
        </Group>
        <Text size="sm" c="dimmed">
          {details}
        </Text>
      </div>
      {children}
    </Group>
  )
}
