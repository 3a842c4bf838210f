import { useEffect } from 'react'
import type { StudyHandle } from '#client/types.ts'
import { preferences } from './preferences.ts'
import { isIn } from './useMedia.ts'
import { toggleCamera, toggleEars, toggleMicrophone, toggleScreen } from './voiceActs.ts'

const TYPED = 'input, textarea, select, [contenteditable=true], [role=slider]'
const isTyping = ({ target }: KeyboardEvent): boolean => target instanceof Element && target.closest(TYPED) !== null

/**
 * M everywhere: the microphone, or speaking while it is held. V, D and S only where the room is seen: what others would see of
 * me is on the screen then. By the key's place, for a Korean layout has other letters there; they rest while one types.
 */
export function useMediaKeys(room: StudyHandle): void {
  useEffect(() => {
    const { media } = room
    let speaking = false
    const speak = (on: boolean) => {
      if (speaking === on) return
      speaking = on
      media.talk(on)
    }
    const down = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      if (isTyping(event) || !isIn(media.view.get())) return
      if (event.code === 'KeyM') return preferences.get().pushToTalk ? speak(true) : void toggleMicrophone(media)
      if (location.pathname !== `/rooms/${room.roomId}`) return
      if (event.code === 'KeyV') void toggleCamera(media)
      if (event.code === 'KeyD') void toggleEars(media)
      if (event.code === 'KeyS') void toggleScreen(media)
    }
    const up = ({ code }: KeyboardEvent) => code === 'KeyM' && speak(false)
    // The key is let go in another window then, and nobody would hear of it.
    const silence = () => speak(false)
    addEventListener('keydown', down)
    addEventListener('keyup', up)
    addEventListener('blur', silence)
    return () => {
      silence()
      removeEventListener('keydown', down)
      removeEventListener('keyup', up)
      removeEventListener('blur', silence)
    }
  }, [room])
}
