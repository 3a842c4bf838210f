// Writes a picture of every screen to test-results/screens/: 1280 and 390 px wide, light and dark, Korean and English.
// Needs the built web client: `npm run screens` builds it first.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { House } from './testing/House.ts'
import { type Look, takePictures } from './testing/takePictures.ts'

const folder = fileURLToPath(new URL('../../test-results/screens/', import.meta.url))
const wanted = process.argv.slice(2)
const looks: Look[] = [1280, 390].flatMap((width) =>
  (['ko', 'en'] as const).flatMap((locale) => [false, true].map((dark) => ({ width, locale, dark }))),
)
const nameOf = ({ width, locale, dark }: Look) => `${width}-${dark ? 'dark' : 'light'}-${locale}`

if (wanted.length === 0) await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
for (const look of looks) {
  const name = nameOf(look)
  if (wanted.length > 0 && !wanted.includes(name)) continue
  // A house of its own: the first picture is of an empty place.
  const house = await House.open()
  try {
    await takePictures(house, look, (screen, page) => page.screenshot({ path: join(folder, `${screen}-${name}.png`) }))
    await house.endTest(name, false)
    console.log(name)
  } catch (error) {
    await house.endTest(name, true)
    throw error
  } finally {
    await house.close()
  }
}
