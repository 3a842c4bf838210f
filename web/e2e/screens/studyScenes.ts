import { addDays } from '#schemas/time/calendar.ts'
import type { Scene } from './Scene.ts'

export const studyScenes: readonly Scene[] = [
  {
    name: 'study',
    async show({ me, words }) {
      const { page, t } = me
      await me.open('/study')
      await page.getByRole('grid', { name: t.record.year }).waitFor()
      await page
        .getByRole('table')
        .getByText(words.people[0] ?? '')
        .first()
        .waitFor()
      return undefined
    },
    tall: true,
  },
  {
    name: 'study-nothing',
    async show({ newcomer }) {
      const { page, t } = newcomer
      await newcomer.open('/study')
      await newcomer.sees(t.study.emptyText)
      await page.getByRole('grid', { name: t.record.year }).waitFor()
      await newcomer.sees(t.record.boardEmpty)
      return page
    },
    tall: true,
  },
  {
    name: 'study-day',
    async show({ me }) {
      const today = new Date().toISOString().slice(0, 10)
      await me.open(`/study?day=${addDays(today, -3)}`)
      await me.page.locator('section[aria-live]').waitFor()
      await me.page.getByRole('grid', { name: me.t.record.year }).waitFor()
      return undefined
    },
    tall: true,
  },
  {
    name: 'study-goals',
    async show({ me }) {
      await me.open('/study')
      await me.button(me.t.record.goals).click()
      await me.page.getByLabel(me.t.record.dailyGoal).waitFor()
      return undefined
    },
  },
]
