// Writes pictures of every screen of screens/scenes.ts to test-results/screens/: 1280 and 390 px wide, light and dark, Korean and
// English. `npm run screens` builds the web client and takes all; `npm run screens -- 390-ko ^group room` only those of one width
// and language whose names fit one of the patterns.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fakeDevices } from './testing/fakeDevices.ts'
import { House } from './testing/House.ts'
import { allOffered, nameOf, takePictures } from './testing/takePictures.ts'

const folder = process.env['PICTURES'] ?? fileURLToPath(new URL('../../test-results/screens/', import.meta.url))
const asked = process.argv.slice(2)
const isLook = (word: string) => /^\d+-(ko|en)$/.test(word)
const looksAsked = asked.filter(isLook)
const patterns = asked.filter((word) => !isLook(word)).map((word) => new RegExp(word))
const wanted = ({ name }: { name: string }) => patterns.length === 0 || patterns.some((pattern) => pattern.test(name))
const looks = ([1280, 390] as const)
  .flatMap((width) => (['ko', 'en'] as const).map((locale) => ({ width, locale })))
  .filter((look) => looksAsked.length === 0 || looksAsked.includes(nameOf(look)))

if (asked.length === 0 && !process.env['PICTURES']) await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
for (const look of looks) {
  // A house of its own: the first pictures are of an empty place.
  const house = await House.open(allOffered, fakeDevices)
  const title = nameOf(look)
  try {
    await takePictures(
      house,
      look,
      ({ name, dark }, page) => {
        const file = `${name}-${title}-${dark ? 'dark' : 'light'}.png`
        return page.screenshot({ path: join(folder, file) })
      },
      wanted,
    )
    await house.endTest(title, false)
    console.log(title)
  } catch (error) {
    await house.endTest(title, true).catch(() => {})
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  } finally {
    await house.close()
  }
}
