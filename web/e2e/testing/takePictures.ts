import type { Page } from 'playwright-core'
import type { Scene } from '../screens/Scene.ts'
import { emptyScenes, scenes } from '../screens/scenes.ts'
import { setStage } from '../screens/setStage.ts'
import { words } from '../screens/words.ts'
import { checksComeSoon } from './checksComeSoon.ts'
import type { House } from './House.ts'
import { mediaWorker } from './mediaHouse.ts'
import { newestOnly } from './tellsOldVersion.ts'

export type Look = {
  readonly width: 1280 | 390
  readonly locale: 'ko' | 'en'
  /** Light and dark, if nothing is said. */
  readonly themes?: readonly ('light' | 'dark')[]
}
export type Seen = { readonly name: string; readonly dark: boolean }
export const nameOf = ({ width, locale }: Look): string => `${width}-${locale}`
type Shoot = (screen: Seen, page: Page) => Promise<unknown>

/** Settings of the server with which all that the screens can show is to be seen; nobody signs in by the providers. */
export const allOffered = {
  ...mediaWorker(),
  ...checksComeSoon,
  ...newestOnly,
  SECOND_FACTOR: '1',
  PASSKEYS: '1',
  ...{ GOOGLE_CLIENT_ID: 'shown', GOOGLE_CLIENT_SECRET: 'shown' },
  ...{ KAKAO_CLIENT_ID: 'shown', KAKAO_CLIENT_SECRET: 'shown' },
}

/** Two frames later: what was changed is laid out and painted. */
export const settled = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))

/**
 * Leads to every screen of the table in one width and language and calls `shoot` there, in each theme, when what belongs there
 * is to be seen. `wanted` picks screens. The house must be an empty one.
 */
export async function takePictures(
  house: House,
  { width, locale, themes = ['light', 'dark'] }: Look,
  shoot: Shoot,
  wanted: (scene: Pick<Scene, 'name' | 'testedIn'>) => boolean = () => true,
): Promise<void> {
  const narrow = width < 960
  const side = narrow ? 'narrow' : 'wide'
  const options = { locale, width, height: narrow ? 844 : 800, touch: narrow }
  const inBothThemes = async (name: string, tall: boolean, page: Page) => {
    // The content scrolls, not the page: a window as tall as it shows all.
    const more = tall ? await page.locator('main').evaluate((main) => main.scrollHeight - main.clientHeight) : 0
    if (more > 0) await page.setViewportSize({ width, height: options.height + more })
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme })
      await settled(page)
      await shoot({ name, dark: colorScheme === 'dark' }, page)
    }
    if (more > 0) await page.setViewportSize({ width, height: options.height })
    await page.emulateMedia({ colorScheme: 'light' })
  }
  const visitor = await house.person('Visitor', options)
  for (const { name, show } of emptyScenes.filter(wanted)) await inBothThemes(name, false, await show(visitor))
  const stage = await setStage(house, visitor, words[locale], options)
  // One that cannot be reached hides none of the others.
  const missed: Error[] = []
  try {
    for (const scene of scenes) {
      if (!wanted(scene) || (scene.only ?? side) !== side) continue
      try {
        const page = (await scene.show(stage)) ?? stage.me.page
        await inBothThemes(scene.name, scene.tall ?? false, page)
        await scene.after?.(stage)
      } catch (cause) {
        missed.push(new Error(`the screen ${scene.name}, ${width} ${locale}: ${cause}`, { cause }))
      }
    }
  } finally {
    await stage.lively.close()
  }
  if (missed.length > 0) throw new AggregateError(missed, missed.map(({ message }) => message).join('\n'))
}
