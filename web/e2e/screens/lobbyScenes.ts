import { fill } from '../testing/texts.ts'
import type { Scene } from './Scene.ts'
import { within } from './within.ts'

const inLobby = within(async ({ me, lively }) => {
  await me.open('/')
  await me.card(lively.busyName).waitFor()
})

export const lobbyScenes: readonly Scene[] = [
  inLobby(
    'lobby',
    async ({ me }) => {
      await me.page.getByRole('region', { name: me.t.presence.friendsHere }).waitFor()
    },
    { tall: true },
  ),
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
  inLobby('lobby-none-found', async ({ me }) => {
    await me.page.getByLabel(me.t.lobby.search).fill('zzzz')
    await me.sees(me.t.lobby.noneFoundTitle)
  }),
  inLobby('create-room', async ({ me }) => {
    await me.button(me.t.lobby.create).first().click()
    await me.page.getByRole('dialog').getByLabel(me.t.lobby.dialog.name).waitFor()
  }),
  inLobby('create-room-more', async ({ me }) => {
    const { page, t } = me
    await me.button(t.lobby.create).first().click()
    await page.getByRole('button', { name: t.lobby.dialog.more }).click()
    await page.getByLabel(t.lobby.dialog.password).fill('abc')
    await page.getByRole('dialog').getByRole('button', { name: t.lobby.dialog.submit }).click()
    await me.sees(t.lobby.dialog.wrongPassword)
    await page.getByLabel(t.lobby.dialog.password).scrollIntoViewIfNeeded()
  }),
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
  inLobby('palette', async ({ me }) => {
    await me.page.keyboard.press('Control+k')
    await me.page.getByRole('combobox', { name: me.t.common.palette }).waitFor()
  }),
  inLobby(
    'presence-menu',
    async ({ me }) => {
      await me.page.getByRole('navigation').getByRole('button', { name: me.name }).click()
      await me.page.getByRole('menuitemradio', { name: me.t.presence.choice.dnd }).waitFor()
    },
    { only: 'wide' },
  ),
  inLobby('inbox', async ({ me }) => {
    const { page, t } = me
    await page.getByRole('button', { name: new RegExp(`^${t.inbox.open.split(',')[0]}`) }).click()
    await page.getByRole('dialog', { name: t.inbox.title }).getByRole('listitem').first().waitFor()
  }),
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
  inLobby('lobby-place-bar', async ({ me, lively }) => {
    await me.sitDown(lively.busyName)
    await me.page.getByRole('link', { name: me.t.common.lobby, exact: true }).first().click()
    await me.card(lively.busyName).waitFor()
    await me.page.getByRole('region', { name: lively.busyName }).waitFor()
  }),
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
