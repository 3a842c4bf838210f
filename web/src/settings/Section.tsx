import { Paper, Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'

export const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <Paper withBorder radius="lg" p="lg" component="section" style={{ boxShadow: 'var(--sh-shadow)' }}>
    <Stack gap="md">
      <Title order={2} size="h5">
        {title}
      </Title>
      {children}
    </Stack>
  </Paper>
)
