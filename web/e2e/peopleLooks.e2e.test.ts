import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { seriousFaults } from './testing/axe.ts'
import { guest } from './testing/crowd.ts'
import { houseForFile } from './testing/houseForFile.ts'
import { fill } from './testing/texts.ts'

const house = houseForFile()

const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test.for([
  { width: 1280, locale: 'en', dark: false },
  { width: 390, locale: 'ko', dark: true },
] as const)(
  'WEB-30: the screens of people have no serious fault by axe and fit: $width $locale $dark',
  async (look) => {
    const narrow = look.width < 960
    const me = await house().person('한나래', { ...look, height: narrow ? 844 : 800, touch: narrow })
    const { page, t } = me
    await me.signUp()
    for (const name of ['Nora Lindqvist', '김서준 선배', 'Ben']) {
      const { hub } = await guest(house().url, name)
      await hub.api.send('POST', '/api/people/requests', { handle: me.handle })
      await hub.api.send('PATCH', '/api/me', {
        ...{ bio: 'Chemistry, and too much coffee.', url: 'https://nora.example/' },
        status: { text: 'Finals next week', until: null },
      })
      await hub.close()
    }
    const faults: string[] = []
    const looked = async (screen: string) => {
      faults.push(...(await seriousFaults(page)).map((fault) => `${screen}: ${fault}`))
      const over = await overhang(page)
      if (over > 0) faults.push(`${screen}: ${over} px wider than its window`)
      const folder = process.env['PICTURES']
      if (folder) await page.screenshot({ path: `${folder}/${screen}-${look.width}.png` })
    }
    await me.open('/people?tab=requests')
    await me.button(t.people.act.accept).first().waitFor()
    await looked('requests')
    for (let left = 3; left > 0; left--) {
      await me.button(t.people.act.accept).first().click()
      await expect.poll(() => me.button(t.people.act.accept).count()).toBe(left - 1)
    }
    await me.open('/people')
    const friends = page.getByRole('list', { name: t.people.tabs.friends })
    await friends.getByText('Ben', { exact: true }).waitFor()
    await looked('friends')
    await me.button(fill(t.people.card.open, { name: 'Nora Lindqvist' })).click()
    await page.getByRole('dialog').getByText('Chemistry').waitFor()
    await looked('card')
    await page.keyboard.press('Escape')
    await me.open('/people?tab=find')
    await page.getByLabel(t.people.find.label).fill('김')
    await page.getByRole('list', { name: t.people.tabs.find }).getByText('김서준 선배').first().waitFor()
    await looked('find')
    await me.open('/settings')
    await page.getByLabel(t.people.about.bio).waitFor()
    await looked('profile')
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'me.png', mimeType: 'image/png', buffer: await page.screenshot() },
    })
    await me.button(t.people.image.use).waitFor()
    await looked('crop')
    expect([...new Set(faults)]).toEqual([])
  },
)
