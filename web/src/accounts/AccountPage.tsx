import { Box, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** The one card of sign-in and sign-up. */
export const AccountPage = ({ title, text, children }: { title: string; text?: string; children: ReactNode }) => (
  <Box
    p="md"
    style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', placeItems: 'center', minHeight: '100%' }}
  >
    <Paper
      p={{ base: 'lg', sm: 'xl' }}
      radius="lg"
      w="100%"
      maw={420}
      withBorder
      style={{ boxShadow: 'var(--sh-shadow)' }}
    >
      <Stack gap="lg">
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {text && (
            <Text c="dimmed" mt={4}>
              {text}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </Paper>
  </Box>
)
