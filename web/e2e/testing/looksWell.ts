import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { seriousFaults } from './axe.ts'
import { fakeDevices } from './fakeDevices.ts'
import { House } from './House.ts'
import { allOffered, type Look, nameOf, type Seen, settled, takePictures } from './takePictures.ts'

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

/**
 * Looks at every screen of the table but those whose cameras are tested in another look. Fails with all that is cut or wider than
 * its window, also at 320 px where narrow is looked at, and with what axe finds serious.
 */
export async function looksWell({ axe = true, ...look }: Look & { readonly axe?: boolean }): Promise<void> {
  const faults: string[] = []
  const narrow = look.width < 960
  const house = await House.open(allOffered, fakeDevices)
  const inspect = async ({ name, dark }: Seen, page: Page) => {
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
  }
  const name = `looks ${nameOf(look)}`
  try {
    await takePictures(house, look, inspect, ({ testedIn = nameOf(look) }) => testedIn === nameOf(look))
    expect([...new Set(faults)]).toEqual([])
    await house.endTest(name, false)
  } catch (error) {
    await house.endTest(name, true)
    throw error
  } finally {
    await house.close()
  }
}
