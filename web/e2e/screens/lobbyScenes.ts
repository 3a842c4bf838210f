import { fill } from '../testing/texts.ts'
import type { Scene, Stage } from './Scene.ts'

const lobby = async ({ me, lively }: Stage) => {
  await me.open('/')
  await me.card(lively.busyName).waitFor()
}

export const lobbyScenes: readonly Scene[] = [
  {
    name: 'lobby',
    async show(stage) {
      await lobby(stage)
      await stage.me.page.getByRole('region', { name: stage.me.t.presence.friendsHere }).waitFor()
      return undefined
    },
    tall: true,
  },
  {
    name: 'lobby-signed-out',
    async show({ visitor, lively }) {
      await visitor.open('/')
      await visitor.card(lively.busyName).waitFor()
      return visitor.page
    },
    tall: true,
  },
  {
    name: 'lobby-newcomer',
    async show({ newcomer, lively }) {
      await newcomer.open('/')
      await newcomer.card(lively.busyName).waitFor()
      return newcomer.page
    },
    tall: true,
  },
  {
    name: 'lobby-none-found',
    async show(stage) {
      const { me } = stage
      await lobby(stage)
      await me.page.getByLabel(me.t.lobby.search).fill('zzzz')
      await me.sees(me.t.lobby.noneFoundTitle)
      return undefined
    },
  },
  {
    name: 'create-room',
    async show(stage) {
      const { me } = stage
      await lobby(stage)
      await me.button(me.t.lobby.create).first().click()
      await me.page.getByRole('dialog').getByLabel(me.t.lobby.dialog.name).waitFor()
      return undefined
    },
  },
  {
    name: 'create-room-more',
    async show(stage) {
      const { me } = stage
      const { page, t } = me
      await lobby(stage)
      await me.button(t.lobby.create).first().click()
      await page.getByRole('button', { name: t.lobby.dialog.more }).click()
      await page.getByLabel(t.lobby.dialog.password).fill('abc')
      await page.getByRole('dialog').getByRole('button', { name: t.lobby.dialog.submit }).click()
      await me.sees(t.lobby.dialog.wrongPassword)
      await page.getByLabel(t.lobby.dialog.password).scrollIntoViewIfNeeded()
      return undefined
    },
  },
  {
    name: 'room-password',
    async show({ me, lively }) {
      await me.open(`/rooms/${lively.locked}`)
      await me.page.getByLabel(me.t.lobby.askPassword.label, { exact: true }).fill('wrong')
      await me.button(me.t.lobby.askPassword.enter).click()
      await me.sees(me.t.common.refusal.wrong_password)
      return undefined
    },
  },
  {
    name: 'palette',
    async show(stage) {
      const { me } = stage
      await lobby(stage)
      await me.page.keyboard.press('Control+k')
      await me.page.getByRole('combobox', { name: me.t.common.palette }).waitFor()
      return undefined
    },
  },
  {
    name: 'presence-menu',
    async show(stage) {
      const { me } = stage
      await lobby(stage)
      await me.page.getByRole('navigation').getByRole('button', { name: me.name }).click()
      await me.page.getByRole('menuitemradio', { name: me.t.presence.choice.dnd }).waitFor()
      return undefined
    },
    only: 'wide',
  },
  {
    name: 'inbox',
    async show(stage) {
      const { me } = stage
      const { page, t } = me
      await lobby(stage)
      await page.getByRole('button', { name: new RegExp(`^${t.inbox.open.split(',')[0]}`) }).click()
      await page.getByRole('dialog', { name: t.inbox.title }).getByRole('listitem').first().waitFor()
      return undefined
    },
  },
  {
    name: 'inbox-empty',
    async show({ newcomer }) {
      const { page, t } = newcomer
      await newcomer.open('/')
      await newcomer.button(t.inbox.open).click()
      await newcomer.sees(t.inbox.emptyText)
      return page
    },
  },
  {
    name: 'lobby-place-bar',
    async show(stage) {
      const { me, lively } = stage
      await lobby(stage)
      await me.sitDown(lively.busyName)
      await me.page.getByRole('link', { name: me.t.common.lobby, exact: true }).first().click()
      await me.card(lively.busyName).waitFor()
      await me.page.getByRole('region', { name: lively.busyName }).waitFor()
      return undefined
    },
  },
  {
    name: 'friend-message',
    // The short message that pops up.
    async show({ newcomer, asked }) {
      await newcomer.open('/')
      await newcomer.button(newcomer.t.inbox.open).waitFor()
      await asked.open('/people')
      await asked.page.getByLabel(asked.t.people.ask.label).fill(newcomer.handle)
      await asked.button(asked.t.people.ask.submit).click()
      await newcomer.sees(fill(newcomer.t.inbox.kind.friendAsked, { byName: asked.name }))
      return newcomer.page
    },
  },
]
