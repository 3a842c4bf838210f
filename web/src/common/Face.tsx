import { Box } from '@mantine/core'
import { faceColours, initialsOf } from './colour.ts'

/** Up to this the small picture is sharp enough, also on a dense screen. */
const SMALL = 64

type Props = { id: string; name: string; size?: number; image?: string | null | undefined; square?: boolean }

/** A person: the image, or initials on a colour of their own. Decorative: the name stands beside it. */
export const Face = ({ id, name, size = 36, image, square }: Props) => (
  <Box
    aria-hidden
    style={{
      ...faceColours(id),
      position: 'relative',
      overflow: 'hidden',
      width: size,
      height: size,
      borderRadius: square ? '24%' : '50%',
      display: 'inline-grid',
      placeItems: 'center',
      flex: 'none',
      fontSize: Math.round(size * 0.4),
      fontWeight: 650,
      lineHeight: 1,
      userSelect: 'none',
    }}
  >
    {initialsOf(name)}
    {image && (
      <img
        key={image}
        src={`/avatars/${image}${size <= SMALL ? '-s' : ''}`}
        alt=""
        loading="lazy"
        draggable={false}
        style={{ position: 'absolute', inset: 0, width: '100%', height: '100%', objectFit: 'cover' }}
        // Taken back meanwhile: the initials are behind it.
        onError={(event) => {
          event.currentTarget.style.display = 'none'
        }}
      />
    )}
  </Box>
)
