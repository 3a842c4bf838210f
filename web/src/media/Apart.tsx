import { useEffect, useRef } from 'react'
import type { MediaHandle } from '#client/media/types.ts'
import { lookersOf } from './Lookers.ts'
import { type MediaScreen, showOfMedia } from './mediaScreen.ts'
import { isIn, useMediaView } from './useMedia.ts'

/** Who comes back after a fault shows himself again within this time; a window that was closed could not open again without a click. */
const GONE_MS = 5_000

type Props = { media: MediaHandle; of: NonNullable<MediaScreen['apart']> }

/** A video in a window of its own, over other programs too. It belongs to no screen: moving between them keeps it; it ends with the video. */
export function Apart({ media, of: { userId, source } }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  const view = useMediaView(media)
  const shown = view.remote.find((one) => one.userId === userId && one.source === source)
  const track = shown?.track
  const ends = shown ? null : isIn(view) ? GONE_MS : 0
  useEffect(() => {
    if (ends === null) return
    const end = setTimeout(() => showOfMedia({ apart: null }), ends)
    return () => clearTimeout(end)
  }, [ends])
  useEffect(() => {
    const [who, lookers] = [{}, lookersOf(media)]
    lookers.set(who, userId, source, 'medium')
    return () => lookers.set(who, userId, source, null)
  }, [media, userId, source])
  useEffect(() => {
    const element = video.current
    if (!element || !track) return
    element.srcObject = new MediaStream([track])
    const open = () => {
      if (document.pictureInPictureElement !== element)
        element.requestPictureInPicture().catch(() => showOfMedia({ apart: null }))
    }
    element.addEventListener('loadedmetadata', open, { once: true })
    return () => element.removeEventListener('loadedmetadata', open)
  }, [track])
  useEffect(() => {
    const element = video.current
    const closed = () => showOfMedia({ apart: null })
    element?.addEventListener('leavepictureinpicture', closed)
    return () => {
      element?.removeEventListener('leavepictureinpicture', closed)
      if (element && document.pictureInPictureElement === element) void document.exitPictureInPicture()
    }
  }, [])
  return <video ref={video} hidden muted autoPlay playsInline aria-hidden />
}
