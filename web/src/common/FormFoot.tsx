import type { ReactNode } from 'react'

/** The buttons of a long dialog: always at its lower edge, however far its fields go on. */
export const FormFoot = ({ children }: { children: ReactNode }) => (
  <div
    style={{
      position: 'sticky',
      bottom: 0,
      zIndex: 1,
      display: 'grid',
      marginBottom: 'calc(-1 * var(--mb-padding, 16px))',
      paddingBlock: '12px var(--mb-padding, 16px)',
      background: 'var(--sh-surface)',
    }}
  >
    {children}
  </div>
)
