import sharp from 'sharp'
import { SEED } from './cast.ts'
import { chance } from './chance.ts'

const SIDE = 320
type Colour = readonly [red: number, green: number, blue: number]

/** A landscape of its own for each name, the same at every start: sky, sun and hills. */
export async function pictureOf(name: string): Promise<Buffer> {
  const next = chance(SEED, 'picture', name)
  const hue = next() * 360
  const far = hue + 30 + next() * 60
  const sky = [colour(far, 0.55, 0.86), colour(hue, 0.6, 0.68)] as const
  const sun = { x: 0.25 + next() * 0.5, y: 0.22 + next() * 0.2, radius: 0.09 + next() * 0.08 }
  const hills = Array.from({ length: 3 }, (_, i) => ({
    at: 0.52 + i * 0.15,
    height: 0.05 + next() * 0.05,
    waves: 1 + next() * 2,
    shift: next() * 6,
    colour: colour(hue + 10 * i, 0.42, 0.5 - i * 0.12),
  }))
  const light = colour(far + 40, 0.9, 0.92)
  const pixel = (x: number, y: number): Colour => {
    const front = hills.findLast(
      ({ at, height, waves, shift }) => y > at + height * Math.sin(x * waves * Math.PI + shift),
    )
    if (front) return front.colour
    return Math.hypot(x - sun.x, y - sun.y) < sun.radius ? light : mixed(sky[0], sky[1], y / 0.6)
  }
  const pixels = Buffer.alloc(SIDE * SIDE * 3)
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) pixels.set(pixel(x / SIDE, y / SIDE), (y * SIDE + x) * 3)
  return sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .blur(0.6)
    .png({ compressionLevel: 1 })
    .toBuffer()
}

const mixed = (a: Colour, b: Colour, part: number): Colour => {
  const at = (i: 0 | 1 | 2) => a[i] + (b[i] - a[i]) * Math.min(1, Math.max(0, part))
  return [at(0), at(1), at(2)]
}

/** Degrees, and parts of one. */
function colour(hue: number, saturation: number, lightness: number): Colour {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))))
  }
  return [channel(0), channel(8), channel(4)]
}
