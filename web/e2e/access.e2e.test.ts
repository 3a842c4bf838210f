import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { seriousFaults } from './testing/axe.ts'
import { House } from './testing/House.ts'
import { takePictures } from './testing/takePictures.ts'

/** Pixels by which the page or its content is wider than what shows it. */
const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const main = document.querySelector('main')
    const wide = document.documentElement.scrollWidth - innerWidth
    return Math.max(wide, (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0))
  })

test.for([
  { width: 1280, locale: 'ko', dark: false },
  { width: 390, locale: 'en', dark: true },
  { width: 1280, locale: 'en', dark: true },
  { width: 390, locale: 'ko', dark: false },
] as const)(
  'WEB-30: no screen has a serious fault by axe, and none is wider than its window: $width $locale $dark',
  // Some thirty screens, each looked through by axe.
  { timeout: 300_000 },
  async (look) => {
    const faults: string[] = []
    const house = await House.open()
    try {
      await takePictures(house, look, async (screen, page) => {
        faults.push(...(await seriousFaults(page)).map((fault) => `${screen}: ${fault}`))
        const over = await overhang(page)
        if (over > 0) faults.push(`${screen}: ${over} px wider than its window`)
      })
      expect([...new Set(faults)]).toEqual([])
      await house.endTest('axe', false)
    } catch (error) {
      await house.endTest(`axe ${look.width} ${look.locale}`, true)
      throw error
    } finally {
      await house.close()
    }
  },
)
