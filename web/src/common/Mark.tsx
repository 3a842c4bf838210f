import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'

/** An icon that says something about somebody: its label is its tooltip, and all that a screen reader has of it. */
export function Mark({ label, icon }: { label: string; icon: ReactNode }) {
  return (
    <Tooltip label={label}>
      <span role="img" aria-label={label}>
        {icon}
      </span>
    </Tooltip>
  )
}
