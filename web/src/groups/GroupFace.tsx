import { Face } from '../common/Face.tsx'

type Props = { group: { id: string; name: string; image: string | null }; size?: number }

/** A group's image, or its initials: a rounded square, so that it is never taken for a person. Decorative, as faces are. */
export const GroupFace = ({ group: { id, name, image }, size }: Props) => (
  <Face id={id} name={name} image={image} square {...(size && { size })} />
)
