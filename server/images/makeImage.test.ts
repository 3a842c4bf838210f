import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { makeImage } from './makeImage.ts'
import { pngHead } from './testing/pngHead.ts'

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 30 } } })

async function made(bytes: Uint8Array) {
  const image = await makeImage(bytes)
  if (isRefusal(image)) throw new Error(`refused: ${image.refused}`)
  return image
}

test.each(['jpeg', 'png', 'webp', 'gif'] as const)('PROFILE-4: %s becomes two squares of WebP', async (format) => {
  const { large, small } = await made(await plain(900, 300).toFormat(format).toBuffer())
  expect(await sharp(large).metadata()).toMatchObject({ format: 'webp', width: 512, height: 512 })
  expect(await sharp(small).metadata()).toMatchObject({ format: 'webp', width: 128, height: 128 })
})

test('PROFILE-4: what the camera wrote is applied and gone: orientation, place, thumbnails, profiles', async () => {
  const halves = await plain(400, 400)
    .composite([
      {
        input: { create: { width: 400, height: 200, channels: 3, background: { r: 0, g: 0, b: 255 } } },
        top: 0,
        left: 0,
      },
    ])
    .withMetadata({ orientation: 6, exif: { IFD0: { Copyright: 'a secret name' }, IFD3: { GPSLatitude: '37/1' } } })
    .jpeg()
    .toBuffer()
  expect(halves.includes('a secret name')).toBe(true)
  const { large } = await made(halves)
  const { exif, icc, xmp, orientation } = await sharp(large).metadata()
  expect([exif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined])
  expect(Buffer.from(large).includes('a secret name')).toBe(false)
  // Turned by 90 degrees: the blue half is at the right now.
  const { data, info } = await sharp(large).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3),
  ]
  expect((at(480, 256)[2] ?? 0) > 200 && (at(20, 256)[0] ?? 0) > 150).toBe(true)
})

describe('attacks', () => {
  test('PROFILE-3: a small file that would unpack to gigabytes is refused by its head', async () => {
    const bomb = pngHead(60_000, 60_000, deflateSync(Buffer.alloc(1_000_000)))
    expect(bomb.length).toBeLessThan(5_000)
    const began = process.memoryUsage().rss
    expect(await makeImage(bomb)).toMatchObject({ refused: expect.stringMatching(/too_large|not_an_image/) })
    expect(process.memoryUsage().rss - began).toBeLessThan(200e6)
    // A real one, just beyond the bound in pixels: 13 KB that would be 126 MB.
    const real = await plain(8_000, 5_250).png({ compressionLevel: 9 }).toBuffer()
    expect(await makeImage(real)).toMatchObject({ refused: 'too_large' })
    const long = await plain(12_001, 8).png().toBuffer()
    expect(await makeImage(long)).toMatchObject({ refused: 'too_large' })
  })

  test('PROFILE-3: more bytes than may be are refused before anything looks at them', async () => {
    const big = Buffer.concat([await plain(8, 8).png().toBuffer(), Buffer.alloc(limits.imageBytes)])
    expect(await makeImage(big)).toMatchObject({ refused: 'too_large' })
  })

  test('PROFILE-2: what is no image, or one of another kind, is refused whatever it says of itself', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'
    const tiff = await plain(8, 8).tiff().toBuffer()
    const avif = await plain(64, 64).avif().toBuffer()
    const wearing = (head: number[] | string) => Buffer.concat([Buffer.from(head as string), Buffer.from(svg)])
    for (const bytes of [
      ...[Buffer.from(svg), Buffer.from('%PDF-1.7\n'), Buffer.from('<html>'), Buffer.alloc(0), Buffer.from([0xff])],
      ...[tiff, avif, wearing([0xff, 0xd8, 0xff]), wearing('GIF89a'), wearing('RIFF____WEBP'), pngHead(8, 8)],
    ])
      expect(await makeImage(bytes), bytes.toString('latin1', 0, 12)).toMatchObject({ refused: 'not_an_image' })
  })

  test('PROFILE-2: a picture cut off in the middle is refused, not shown half grey', async () => {
    const whole = await sharp(Buffer.from(Array.from({ length: 300 * 300 * 3 }, (_, i) => (i * 7919) % 256)), {
      raw: { width: 300, height: 300, channels: 3 },
    })
      .jpeg()
      .toBuffer()
    expect(await makeImage(whole.subarray(0, whole.length / 2))).toMatchObject({ refused: 'not_an_image' })
  })

  test('PROFILE-4: of a file that is two things at once only the picture is left', async () => {
    const script = '<script>alert(document.domain)</script>'
    const zip = 'PK\u0003\u0004 a hidden archive'
    for (const format of ['jpeg', 'png', 'gif', 'webp'] as const) {
      const picture = await plain(64, 64).toFormat(format).toBuffer()
      const { large, small } = await made(Buffer.concat([picture, Buffer.from(script + zip)]))
      for (const bytes of [large, small]) {
        const text = Buffer.from(bytes).toString('latin1')
        expect(text.includes('script') || text.includes('hidden archive')).toBe(false)
      }
    }
  })
})
