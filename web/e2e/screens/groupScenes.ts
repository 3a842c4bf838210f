import { fill } from '../testing/texts.ts'
import type { Scene, Stage } from './Scene.ts'

const part = async ({ me, g, circles, words }: Stage, tab: 'rooms' | 'people' | 'invite' | 'settings') => {
  await me.open(`/groups/${circles.led}`)
  await me.page.getByRole('heading', { level: 1, name: words.groups.mine }).waitFor()
  await me.page.getByRole('tab', { name: g[tab] }).click()
}

export const groupScenes: readonly Scene[] = [
  {
    name: 'groups',
    async show({ me, words, g }) {
      await me.open('/groups')
      await me.sees(words.groups.mine)
      await me.sees(words.groups.open[1] ?? '')
      await me.page.getByText(g.invitations, { exact: true }).waitFor()
      return undefined
    },
    tall: true,
  },
  {
    name: 'groups-none',
    async show({ newcomer, g }) {
      await newcomer.open('/groups')
      await newcomer.sees(g.none)
      return newcomer.page
    },
    tall: true,
  },
  {
    name: 'group-create',
    async show({ me, g }) {
      await me.open('/groups')
      await me.button(g.create).click()
      const dialog = me.page.getByRole('dialog')
      await dialog.getByLabel(g.name, { exact: true }).waitFor()
      await dialog.getByRole('button', { name: g.create }).click()
      await me.sees(me.t.lobby.dialog.wrongName)
      return undefined
    },
  },
  {
    name: 'group-rooms',
    async show(stage) {
      await part(stage, 'rooms')
      await stage.me.sees(stage.words.groups.second)
      return undefined
    },
    tall: true,
  },
  {
    name: 'group-members',
    async show(stage) {
      await part(stage, 'people')
      await stage.me.sees(stage.words.longName)
      return undefined
    },
    tall: true,
  },
  {
    name: 'group-member-menu',
    async show(stage) {
      await part(stage, 'people')
      await stage.me.button(fill(stage.g.acts, { name: stage.words.longName })).click()
      await stage.me.page.getByRole('menuitem', { name: stage.g.ban }).waitFor()
      return undefined
    },
  },
  {
    name: 'group-member-ban',
    async show(stage) {
      const { me, g } = stage
      await part(stage, 'people')
      await me.button(fill(g.acts, { name: stage.words.longName })).click()
      await me.page.getByRole('menuitem', { name: g.ban }).click()
      await me.page.getByRole('dialog').getByRole('button', { name: g.ban }).waitFor()
      return undefined
    },
  },
  {
    name: 'group-invite',
    async show(stage) {
      const { me, g, words } = stage
      await part(stage, 'invite')
      await me.sees(words.groups.request)
      await me.button(g.newLink).click()
      await me.page.getByTestId('group-link').waitFor()
      return undefined
    },
    tall: true,
  },
  {
    name: 'group-settings',
    async show(stage) {
      await part(stage, 'settings')
      await stage.me.button(stage.g.dissolve).waitFor()
      return undefined
    },
    tall: true,
  },
  {
    name: 'group-crop',
    async show(stage) {
      const { page, t } = stage.me
      await part(stage, 'settings')
      const buffer = await page.screenshot()
      await page.locator('input[type=file]').setInputFiles({ name: 'us.png', mimeType: 'image/png', buffer })
      await stage.me.button(t.people.image.use).waitFor()
      return undefined
    },
  },
  {
    name: 'group-as-member',
    async show({ me, g, circles, words }) {
      await me.open(`/groups/${circles.other}`)
      await me.page.getByRole('heading', { level: 1, name: words.groups.other }).waitFor()
      await me.sees(g.noRooms)
      return undefined
    },
  },
  {
    name: 'group-leave',
    async show({ me, g, circles }) {
      await me.open(`/groups/${circles.other}`)
      await me.page.getByRole('tab', { name: g.settings }).click()
      await me.button(g.withdraw).click()
      await me.page.getByRole('dialog').waitFor()
      return undefined
    },
  },
  {
    name: 'group-join',
    async show({ visitor, words, circles }) {
      await visitor.open(`/join/${circles.code}`)
      await visitor.sees(words.groups.mine)
      return visitor.page
    },
  },
  {
    name: 'group-join-signed-in',
    async show({ newcomer, words, circles }) {
      await newcomer.open(`/join/${circles.code}`)
      await newcomer.sees(words.groups.mine)
      return newcomer.page
    },
  },
  {
    name: 'group-join-wrong',
    async show({ newcomer, g }) {
      await newcomer.open('/join/not-a-code')
      await newcomer.sees(g.wrongCode)
      return newcomer.page
    },
  },
]
