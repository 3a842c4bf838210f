import type { StudyHandle } from '#client/types.ts'
import { useRoom } from '../hooks/useRoom.ts'
import classes from './media.module.css'

/** Lies over a face or a tile and glows while its owner speaks. Apart from both: it changes twice a second, and they need not. */
export function SpeakingRing({ room, userId }: { room: StudyHandle; userId: string }) {
  const level = useRoom(room, (s) => s.members.get(userId)?.level ?? 0)
  return <span className={classes['ring']} data-level={Math.min(3, Math.ceil(level / 3)) || undefined} aria-hidden />
}
