import type { ReactNode } from 'react'
import type { PhaseName } from '#schemas/timer/phases.ts'

const colour: Record<PhaseName | 'idle', string> = {
  focus: 'var(--sh-focus)',
  break: 'var(--sh-break)',
  longBreak: 'var(--sh-long)',
  idle: 'var(--sh-line)',
}

type Props = { size: number; stroke: number; phase: PhaseName | 'idle'; share: number; children?: ReactNode }

/** A ring that empties as the phase passes; `share` is what is left, 0-1. The text inside says the same in words. */
export function PhaseRing({ size, stroke, phase, share, children }: Props) {
  const radius = (size - stroke) / 2
  const length = 2 * Math.PI * radius
  return (
    <div style={{ position: 'relative', width: size, height: size, flex: 'none' }}>
      <svg
        width={size}
        height={size}
        aria-hidden="true"
        focusable="false"
        style={{ transform: 'rotate(-90deg)', display: 'block' }}
      >
        <circle cx={size / 2} cy={size / 2} r={radius} fill="none" stroke="var(--sh-line)" strokeWidth={stroke} />
        <circle
          cx={size / 2}
          cy={size / 2}
          r={radius}
          fill="none"
          stroke={colour[phase]}
          strokeWidth={stroke}
          strokeLinecap="round"
          strokeDasharray={length}
          strokeDashoffset={length * (1 - Math.min(1, Math.max(0, share)))}
          style={{ opacity: share > 0 ? 1 : 0 }}
        />
      </svg>
      <div style={{ position: 'absolute', inset: 0, display: 'grid', placeItems: 'center', textAlign: 'center' }}>
        {children}
      </div>
    </div>
  )
}
