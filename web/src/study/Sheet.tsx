import { Paper } from '@mantine/core'
import type { ReactNode } from 'react'

/** A part of My study on its own paper; `told` says changes of it to screen readers. */
export const Sheet = ({ children, told }: { children: ReactNode; told?: true }) => (
  <Paper
    component="section"
    withBorder
    radius="lg"
    p="lg"
    style={{ boxShadow: 'var(--sh-shadow)' }}
    {...(told ? { 'aria-live': 'polite' } : {})}
  >
    {children}
  </Paper>
)
