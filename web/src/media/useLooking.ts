import { type RefObject, useEffect } from 'react'
import type { MediaHandle } from '#client/media/types.ts'
import type { MediaSource } from '#schemas/media/sources.ts'
import { lookersOf, lookingAt } from './Lookers.ts'

/** Tells how large a video is seen, and that it is not: scrolled out of sight, or its screen is gone. */
export function useLooking(
  media: MediaHandle,
  box: RefObject<HTMLElement | null>,
  userId: string,
  source: MediaSource,
  mine: boolean,
): void {
  useEffect(() => {
    const element = box.current
    if (!element || mine) return
    const [who, lookers] = [{}, lookersOf(media)]
    let seen = false
    const tell = () => lookers.set(who, userId, source, seen ? lookingAt(element.clientWidth) : null)
    const sight = new IntersectionObserver((entries) => {
      seen = entries.at(-1)?.isIntersecting ?? false
      tell()
    })
    const size = new ResizeObserver(tell)
    sight.observe(element)
    size.observe(element)
    return () => {
      sight.disconnect()
      size.disconnect()
      lookers.set(who, userId, source, null)
    }
  }, [media, box, userId, source, mine])
}
