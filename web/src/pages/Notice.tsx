import { Box, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** A whole-page message: what happened, what to do next. */
export const Notice = ({
  icon,
  title,
  text,
  children,
}: {
  icon: ReactNode
  title: string
  text: string
  children?: ReactNode
}) => (
  <Box component="section" p="xl" style={{ display: 'grid', placeItems: 'center', minHeight: '60vh' }}>
    <Stack align="center" gap="md" maw={420} ta="center">
      <Box c="dimmed" aria-hidden>
        {icon}
      </Box>
      <Title order={1} size="h3">
        {title}
      </Title>
      <Text c="dimmed">{text}</Text>
      {children}
    </Stack>
  </Box>
)
