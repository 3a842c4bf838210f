/** How a picture lies behind a square window: its upper left corner and the length of one of its pixels, in window sides. */
export type Crop = { readonly x: number; readonly y: number; readonly scale: number }
type Size = { readonly width: number; readonly height: number }

export const MAX_ZOOM = 4

/** The middle, as large as fits without a gap. */
export const wholeOf = (size: Size): Crop => zoomed(size, { x: 0, y: 0, scale: 0 }, 1)

/** The crop with this zoom (1: as large as fits), around the window's middle. */
export function zoomed(size: Size, crop: Crop, zoom: number): Crop {
  const scale = Math.min(MAX_ZOOM, Math.max(1, zoom)) / Math.min(size.width, size.height)
  if (crop.scale === 0)
    return within(size, { x: (1 - size.width * scale) / 2, y: (1 - size.height * scale) / 2, scale })
  const by = scale / crop.scale
  return within(size, { x: 0.5 - (0.5 - crop.x) * by, y: 0.5 - (0.5 - crop.y) * by, scale })
}

export const zoomOf = ({ width, height }: Size, { scale }: Crop): number => scale * Math.min(width, height)

export const moved = (size: Size, crop: Crop, dx: number, dy: number): Crop =>
  within(size, { ...crop, x: crop.x + dx, y: crop.y + dy })

/** No gap at any side. */
function within({ width, height }: Size, { x, y, scale }: Crop): Crop {
  const bound = (at: number, length: number) => Math.min(0, Math.max(1 - length * scale, at))
  return { x: bound(x, width), y: bound(y, height), scale }
}
