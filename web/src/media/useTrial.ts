import { useCallback, useEffect, useRef, useState } from 'react'
import { type DeviceFailure, isDeviceFailure, type MediaHandle } from '#client/media/types.ts'

export type Trial = {
  readonly track: MediaStreamTrack | null
  readonly failure: DeviceFailure | null
  readonly asking: boolean
  /** Opens it again: after another device was chosen, or a block was taken away. */
  readonly again: () => void
}

/** A device that is open as long as this is mounted and `on`, for its user alone. */
export function useTrial(media: MediaHandle, kind: 'microphone' | 'camera', on: boolean): Trial {
  const [state, setState] = useState<Omit<Trial, 'again'>>({ track: null, failure: null, asking: false })
  const [round, setRound] = useState(0)
  const open = useRef<MediaStreamTrack | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` is how it is opened again
  useEffect(() => {
    if (!on) return
    let gone = false
    setState((before) => ({ ...before, asking: true }))
    void media.tryOut(kind).then((got) => {
      const track = isDeviceFailure(got) ? null : got
      if (gone) return track?.stop()
      open.current = track
      setState({ track, failure: isDeviceFailure(got) ? got : null, asking: false })
    })
    return () => {
      gone = true
      open.current?.stop()
      open.current = null
      setState({ track: null, failure: null, asking: false })
    }
  }, [media, kind, on, round])
  return { ...state, again: useCallback(() => setRound((n) => n + 1), []) }
}
