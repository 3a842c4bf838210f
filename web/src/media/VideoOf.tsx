import { useEffect, useRef } from 'react'

type Props = { track: MediaStreamTrack; label: string }

/** Shows a track, never its sound: that is played apart from the screens. */
export function VideoOf({ track, label }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current
    if (!element) return
    element.srcObject = new MediaStream([track])
    return () => {
      element.srcObject = null
    }
  }, [track])
  return <video ref={video} aria-label={label} autoPlay muted playsInline />
}
