import { useStudyRoom } from '../room/roomContext.tsx'
import { MicControl } from './MicControl.tsx'
import { isIn, useMediaView } from './useMedia.ts'

/** The microphone where all else is hidden: who is in the voice has to see whether it is heard. */
export function LiveMicrophone() {
  const room = useStudyRoom()
  return isIn(useMediaView(room.media)) ? <MicControl room={room} /> : null
}
