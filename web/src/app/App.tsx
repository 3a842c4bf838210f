import { MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { StudyHub } from '#client/types.ts'
import { HubProvider } from './hub.tsx'
import { router } from './router.tsx'
import { cssVariables, theme } from './theme.ts'

const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: 1 } } })

export const App = ({ hub }: { hub: StudyHub }) => (
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <QueryClientProvider client={queries}>
      <HubProvider hub={hub}>
        <ModalsProvider>
          <Notifications position="top-center" limit={3} />
          <RouterProvider router={router} />
        </ModalsProvider>
      </HubProvider>
    </QueryClientProvider>
  </MantineProvider>
)
