import type { PresenceView } from '#schemas/messages/presence.ts'
import { Face } from '../common/Face.tsx'
import { PresenceMark } from './PresenceMark.tsx'
import classes from './presence.module.css'

/** A face with the mark of its owner's presence, if that may be seen. */
export const PresenceFace = ({
  id,
  name,
  image,
  size = 36,
  presence,
}: {
  id: string
  name: string
  image?: string | null | undefined
  size?: number
  presence: PresenceView | undefined
}) => (
  <span className={classes['face']}>
    <Face id={id} name={name} size={size} image={image} />
    {presence && <PresenceMark state={presence.state} size={Math.max(10, Math.round(size / 3.2))} />}
  </span>
)
