import { Tooltip } from '@mantine/core'
import { IconCellSignal1, IconCellSignal3, IconCellSignal5 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MediaHandle } from '#client/media/types.ts'
import { useStore } from '../hooks/useStore.ts'

const icons = { good: IconCellSignal5, fair: IconCellSignal3, poor: IconCellSignal1 }

/** How good my own way to the others is, measured while this is seen. */
export function QualityMark({ media }: { media: MediaHandle }) {
  const { t } = useTranslation('media')
  const quality = useStore(media.quality)
  if (!quality) return null
  const { level, rttMs } = quality
  const Icon = icons[level]
  const words = t(`quality.${level}`)
  return (
    <Tooltip label={rttMs === null ? words : t('quality.withDelay', { words, ms: Math.round(rttMs) })}>
      <span role="img" aria-label={words} style={{ lineHeight: 0 }}>
        <Icon size={20} color={level === 'poor' ? 'var(--sh-danger)' : 'var(--mantine-color-dimmed)'} />
      </span>
    </Tooltip>
  )
}
