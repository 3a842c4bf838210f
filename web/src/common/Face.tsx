import { Box } from '@mantine/core'
import { faceColours, initialsOf } from './colour.ts'

/** A person without an image: initials on a colour of their own. Decorative: the name stands beside it. */
export const Face = ({ id, name, size = 36 }: { id: string; name: string; size?: number }) => (
  <Box
    aria-hidden
    style={{
      ...faceColours(id),
      width: size,
      height: size,
      borderRadius: '50%',
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
  </Box>
)
