import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaHandle } from '#client/media/types.ts'
import { tell } from '../common/notices.ts'

/** Tells what somebody else, or the phase, has muted or stopped of mine, and that a device was pulled out. */
export function useMediaNews(media: MediaHandle): void {
  const { t } = useTranslation('media')
  useEffect(() => {
    let told = media.view.get().acted?.n
    return media.view.subscribe(() => {
      const { acted } = media.view.get()
      if (!acted || acted.n === told) return
      told = acted.n
      const { act, by, byName: name } = acted
      // A screen's sound stops with it, which is told once.
      if (acted.source === 'screenAudio') return
      if (by === '') {
        if (acted.source === 'microphone') tell({ message: t('told.mutedByPhase') })
      } else
        tell({ message: act === 'muted' ? t('told.muted', { name }) : t(`told.stopped.${acted.source}`, { name }) })
    })
  }, [media, t])
  useEffect(() => {
    let told = media.devices.get().vanished?.n
    return media.devices.subscribe(() => {
      const { vanished } = media.devices.get()
      if (!vanished || vanished.n === told) return
      told = vanished.n
      tell({ message: t('told.vanished', { device: vanished.label || t(`devices.${vanished.kind}`) }) })
    })
  }, [media, t])
}
