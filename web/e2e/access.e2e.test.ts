import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { seriousFaults } from './testing/axe.ts'
import { fakeDevices } from './testing/fakeDevices.ts'
import { House } from './testing/House.ts'
import { allOffered, settled, takePictures } from './testing/takePictures.ts'

/** What is cut or has to be moved sideways, and by how many pixels. Rows that are made to be moved say so by `contain`. */
const overhangs = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const wide = document.documentElement.scrollWidth - innerWidth
    if (wide > 0) found.push(`the page by ${wide} px`)
    for (const element of document.querySelectorAll('body *')) {
      const { overflowX, overscrollBehaviorX } = getComputedStyle(element)
      const over = element.scrollWidth - element.clientWidth
      const moves = overflowX === 'auto' || overflowX === 'scroll'
      if (moves && over > 1 && overscrollBehaviorX !== 'contain' && element.clientWidth > 0)
        found.push(`${element.outerHTML.slice(0, 80)} by ${over} px`)
    }
    // The rail or the tabs end where the window ends.
    const short =
      innerHeight - Math.max(...[...document.querySelectorAll('nav')].map((nav) => nav.getBoundingClientRect().bottom))
    if (Number.isFinite(short) && short > 1) found.push(`the frame ends ${short} px above the window's end`)
    return found
  })

// Wide and narrow are built differently, so each is looked through; themes differ by their colours and languages by their lengths
// only: colours are looked at once, lengths in both languages where there is the least room. The three look at the same time: while
// one waits for an answer another draws.
test.concurrent.for([
  { width: 1280, locale: 'ko', axe: true, themes: ['light', 'dark'] },
  { width: 390, locale: 'en', axe: true, themes: ['light'] },
  { width: 390, locale: 'ko', axe: false, themes: ['light'] },
] as const)(
  'WEB-30: no screen has a serious fault by axe in either theme, and none is wider than its window: $width $locale',
  // Some ninety screens, each looked through by axe.
  { timeout: 900_000 },
  async ({ axe, ...look }) => {
    const faults: string[] = []
    const narrow = look.width < 960
    const house = await House.open(allOffered, fakeDevices)
    try {
      await takePictures(house, look, async ({ name, dark }, page) => {
        const say = (fault: string) => faults.push(`${name}: ${fault}`)
        // Whole pages where there is the most to see; elsewhere only what is new of them.
        const asked = { inFront: narrow || dark, ...(dark && { rules: ['color-contrast'] }) }
        if (axe) for (const fault of await seriousFaults(page, asked)) say(fault)
        if (dark) return
        for (const fault of await overhangs(page)) say(fault)
        const size = page.viewportSize()
        if (!size || !narrow) return
        await page.setViewportSize({ ...size, width: 320 })
        await settled(page)
        for (const fault of await overhangs(page)) say(`at 320 px: ${fault}`)
        await page.setViewportSize(size)
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
