import { Box, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** A message where content would be: what happened, what to do next. */
export const Notice = ({
  icon,
  title,
  text,
  tall = true,
  children,
}: {
  icon: ReactNode
  title: string
  text: string
  /** It is the whole page, not one part of it. */
  tall?: boolean
  children?: ReactNode
}) => (
  <Box
    component="section"
    p={tall ? 'xl' : 'md'}
    style={{
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      placeItems: 'center',
      minHeight: tall ? '60vh' : undefined,
    }}
  >
    <Stack align="center" gap="md" maw={420} ta="center">
      <Box c="dimmed" aria-hidden>
        {icon}
      </Box>
      <Title order={1} size="h3">
        {title}
      </Title>
      {text !== '' && <Text c="dimmed">{text}</Text>}
      {children}
    </Stack>
  </Box>
)
