import { MantineProvider } from '@mantine/core'
import { RouterProvider } from '@tanstack/react-router'
import { Suspense } from 'react'
import type { StudyHub } from '#client/types.ts'
import { Notices } from '../common/notices.ts'
import { HubProvider } from './hub.tsx'
import { router } from './router.tsx'
import { cssVariables, theme } from './theme.ts'

export const App = ({ hub }: { hub: StudyHub }) => (
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <HubProvider hub={hub}>
      <Suspense>
        <Notices position="top-center" limit={3} />
      </Suspense>
      <RouterProvider router={router} />
    </HubProvider>
  </MantineProvider>
)
