import { fill } from '../testing/texts.ts'
import type { Scene, Stage } from './Scene.ts'

const list = async ({ me }: Stage, tab: keyof Stage['me']['t']['people']['tabs'], name: string) => {
  await me.open(`/people?tab=${tab}`)
  await me.page.getByRole('tabpanel').getByText(name, { exact: true }).first().waitFor()
}
const card = async (stage: Stage, name: string) => {
  const { page, t } = stage.me
  await list(stage, 'friends', name)
  await stage.me.button(fill(t.people.card.open, { name })).click()
  const dialog = page.getByRole('dialog', { name: t.people.card.label })
  await dialog.getByText(t.people.card.today).waitFor()
  return dialog
}
const first = ({ words }: Stage) => words.people[0] ?? ''

export const peopleScenes: readonly Scene[] = [
  {
    name: 'people-friends',
    async show(stage) {
      await list(stage, 'friends', first(stage))
      return undefined
    },
    tall: true,
  },
  {
    name: 'people-nobody',
    async show({ newcomer }) {
      await newcomer.open('/people')
      await newcomer.sees(newcomer.t.people.empty.friends)
      return newcomer.page
    },
  },
  {
    name: 'people-requests',
    async show(stage) {
      const { me, words } = stage
      await list(stage, 'requests', words.people[2] ?? '')
      await me.button(me.t.people.act.withdraw).waitFor()
      return undefined
    },
    tall: true,
  },
  {
    name: 'people-following',
    async show(stage) {
      await list(stage, 'following', first(stage))
      return undefined
    },
  },
  {
    name: 'people-followers',
    async show(stage) {
      await list(stage, 'followers', stage.words.longName)
      return undefined
    },
  },
  {
    name: 'people-blocked',
    async show(stage) {
      await list(stage, 'blocked', stage.words.people[3] ?? '')
      return undefined
    },
  },
  {
    name: 'people-find',
    async show({ me, words }) {
      await me.open('/people?tab=find')
      await me.page.getByLabel(me.t.people.find.label).fill((words.people[0] ?? '').slice(0, 1))
      await me.page
        .getByRole('list', { name: me.t.people.tabs.find })
        .getByText(words.people[0] ?? '')
        .first()
        .waitFor()
      return undefined
    },
  },
  {
    name: 'people-find-nobody',
    async show({ me }) {
      await me.open('/people?tab=find')
      await me.page.getByLabel(me.t.people.find.label).fill('zzzz')
      await me.sees(me.t.people.find.nobody)
      return undefined
    },
  },
  {
    name: 'person-card',
    async show(stage) {
      await card(stage, first(stage))
      return undefined
    },
  },
  {
    name: 'person-card-long',
    async show(stage) {
      await card(stage, stage.words.longName)
      return undefined
    },
  },
  {
    name: 'person-block',
    async show(stage) {
      const { t, page } = stage.me
      const dialog = await card(stage, first(stage))
      await dialog.getByRole('button', { name: fill(t.people.act.more, { name: first(stage) }) }).click()
      await page.getByRole('menuitem', { name: t.people.act.block }).click()
      await page.getByText(t.people.act.blockText.split('{{')[0] ?? '').waitFor()
      return undefined
    },
  },
]
