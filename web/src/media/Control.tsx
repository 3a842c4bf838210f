import { ActionIcon, Tooltip } from '@mantine/core'
import type { ComponentProps } from 'react'
import { say } from '../common/say.ts'

type Props = Omit<ComponentProps<'button'>, 'color' | 'style' | 'disabled'> & {
  label: string
  /** The key that does the same. */
  hotkey?: string
  /** `live`: others hear or see me by it; `stopped`: something is cut off. */
  look?: 'plain' | 'live' | 'stopped' | 'danger'
  pressed?: boolean
  /** Why it can not be used now; the button stays, and says it. */
  why?: string | null
  busy?: boolean
}

/** One round button of the voice, also the target of a menu. It never vanishes when it cannot be used: it says why. */
export function Control({ label, children, hotkey, look = 'plain', pressed, why, busy = false, ...rest }: Props) {
  const tip = why ?? (hotkey ? `${label} (${hotkey})` : label)
  const looks = {
    plain: { variant: 'default' },
    live: { variant: 'filled' },
    stopped: { variant: 'light', color: 'red' },
    danger: { variant: 'light', color: 'red' },
  } as const
  return (
    <Tooltip label={tip}>
      <ActionIcon
        size={44}
        radius="xl"
        {...looks[why ? 'plain' : look]}
        aria-label={why ? `${label}: ${why}` : label}
        aria-pressed={pressed}
        aria-keyshortcuts={hotkey}
        aria-disabled={why ? true : undefined}
        aria-busy={busy || undefined}
        {...rest}
        {...(why && { 'data-disabled': true, onClick: () => say(why), onPointerDown: undefined })}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
