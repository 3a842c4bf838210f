import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './media.module.css'

/** Loudness in decibels below full, of which speech takes the upper part; what is below shows nothing. */
const FLOOR_DB = -60

/** How loud a microphone is. Drawn without React: it changes with every frame. */
export function LevelMeter({ track }: { track: MediaStreamTrack | null }) {
  const { t } = useTranslation('media')
  const meter = useRef<HTMLMeterElement>(null)
  useEffect(() => {
    if (!track) return
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    analyser.fftSize = 1024
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    let frame = 0
    let shown = 0
    const draw = () => {
      analyser.getFloatTimeDomainData(samples)
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
      const level = Math.max(0, Math.min(1, 1 - (10 * Math.log10(power + 1e-9)) / FLOOR_DB))
      // Up at once, down slowly: single words stay to be seen.
      shown = Math.max(level, shown * 0.92)
      if (meter.current) meter.current.value = shown
      frame = requestAnimationFrame(draw)
    }
    draw()
    return () => {
      cancelAnimationFrame(frame)
      void context.close()
    }
  }, [track])
  return <meter ref={meter} className={classes['meter']} aria-label={t('devices.level')} min={0} max={1} value={0} />
}
