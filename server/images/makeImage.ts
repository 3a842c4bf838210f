import sharp, { type Metadata, type Sharp } from 'sharp'
import { limits } from '#schemas/limits.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'

export type MadeImage = { readonly large: Uint8Array; readonly small: Uint8Array }
export const IMAGE_TYPE = 'image/webp'
const LARGE = 512
const SMALL = 128
const MAX_SIDE = 12_000
const MAX_PIXELS = 40_000_000
const SECONDS = 10

/** By the first bytes, not by what anybody says of them. Only these reach the decoders. */
const heads: readonly { format: string; is(bytes: Buffer): boolean }[] = [
  { format: 'jpeg', is: (b) => b.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) },
  { format: 'png', is: (b) => b.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) },
  { format: 'gif', is: (b) => /^GIF8[79]a/.test(b.subarray(0, 6).toString('latin1')) },
  { format: 'webp', is: (b) => /^RIFF[\s\S]{4}WEBP/.test(b.subarray(0, 12).toString('latin1')) },
]

// The library can read far more than we take (SVG, PDF, TIFF …): those loaders stay shut, whatever a file claims to be.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    ...['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'],
    ...['VipsForeignLoadNsgifBuffer', 'VipsForeignLoadWebpBuffer'],
  ],
})
sharp.cache(false)
sharp.concurrency(1)

/**
 * Makes an image of a person or a group from a stranger's bytes: two square pictures, upright, anew from the pixels, so that nothing but
 * the picture is in them. `not_an_image`: of another kind, or broken; `too_large`: more bytes or pixels than are unpacked.
 */
export async function makeImage(bytes: Uint8Array): Promise<MadeImage | Refusal> {
  if (bytes.byteLength > limits.imageBytes) return refuse('too_large', { maxBytes: limits.imageBytes })
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const format = heads.find((head) => head.is(input))?.format
  if (format === undefined) return refuse('not_an_image')
  const open = (limitInputPixels: number | false): Sharp =>
    sharp(input, { limitInputPixels, failOn: 'error', pages: 1 })
  return oneOfTwo(async () => {
    // Only the head is read here.
    const head = await open(false)
      .metadata()
      .catch((): Partial<Metadata> => ({}))
    const { width, height } = head
    if (head.format !== format || !width || !height) return refuse('not_an_image')
    if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS)
      return refuse('too_large', { maxPixels: MAX_PIXELS })
    try {
      const large = await squared(open(MAX_PIXELS).autoOrient(), LARGE)
      return { large, small: await squared(sharp(large), SMALL) }
    } catch {
      // What the decoder cannot read to its end is broken, whatever its head promised.
      return refuse('not_an_image')
    }
  })
}

const squared = (image: Sharp, side: number): Promise<Buffer> =>
  image
    .timeout({ seconds: SECONDS })
    .resize(side, side, { fit: 'cover', position: 'centre' })
    .toColourspace('srgb')
    .webp({ quality: 82 })
    .toBuffer()

const waiting: (() => void)[] = []
let running = 0

/** An unpacked image takes up to 160 MB: two at a time, the others wait. */
async function oneOfTwo<T>(work: () => Promise<T>): Promise<T> {
  if (running >= 2) await new Promise<void>((resolve) => void waiting.push(resolve))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
