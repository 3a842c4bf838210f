import { guest, opensRoom, sitsDown } from '../testing/crowd.ts'
import type { Person } from '../testing/Person.ts'
import { fill } from '../testing/texts.ts'
import { asks } from './fillCircles.ts'
import type { Scene, Stage } from './Scene.ts'

const busy = async ({ me, lively }: Stage) => {
  await me.open(`/rooms/${lively.busy}`)
  await me.isIn(lively.busyName)
  await me.desk(me.name).waitFor()
}
const showsPanel = async ({ me, narrow }: Stage, tab: 'chat' | 'people') => {
  if (narrow) await me.page.getByRole('button', { name: new RegExp(`^${me.t.room.tabs.chat}`) }).click()
  await me.tab(tab).click()
  if (tab === 'chat') await me.log.waitFor()
  else await me.sees(me.t.room.hands.title)
}
/** A room of one's own, by its address: made once. */
const own = async ({ me, words }: Stage, change: object = {}) => {
  const { page } = me
  const known = rooms.get(me)
  const roomId =
    known ?? (await asks<{ roomId: string }>(me, 'POST', '/api/rooms', { name: words.mine, kind: 'staying' })).roomId
  rooms.set(me, roomId)
  if (Object.keys(change).length > 0) await asks(me, 'PATCH', `/api/rooms/${roomId}`, change)
  await me.open(`/rooms/${roomId}`)
  await me.isIn(words.mine)
  return page
}
const rooms = new WeakMap<Person, string>()

export const roomScenes: readonly Scene[] = [
  {
    name: 'room',
    async show(stage) {
      await busy(stage)
      return undefined
    },
  },
  {
    name: 'room-studying',
    async show(stage) {
      const { me } = stage
      await busy(stage)
      await me.button(me.t.room.stage.start).click()
      await me.deskShows(me.name, 'studying')
      return undefined
    },
  },
  {
    name: 'room-chat',
    async show(stage) {
      const { me, words } = stage
      await busy(stage)
      await showsPanel(stage, 'chat')
      await me.says(words.says)
      await me.allStored()
      return undefined
    },
  },
  {
    name: 'room-message-menu',
    async show(stage) {
      const { me, words } = stage
      await busy(stage)
      await showsPanel(stage, 'chat')
      const message = me.message(words.says).last()
      await (stage.narrow ? message.click({ position: { x: 90, y: 8 } }) : message.hover())
      await message.getByRole('button', { name: me.t.room.chat.more }).click()
      await me.page.getByRole('menuitem', { name: me.t.room.chat.copy }).waitFor()
      return undefined
    },
  },
  {
    name: 'room-reply',
    async show(stage) {
      const { me, words } = stage
      await busy(stage)
      await showsPanel(stage, 'chat')
      const message = me.log
        .getByRole('article')
        .filter({ hasText: words.talk[7]?.slice(0, 12) ?? '' })
        .last()
      await (stage.narrow ? message.click({ position: { x: 90, y: 8 } }) : message.hover())
      await message.getByRole('button', { name: me.t.room.chat.reply, exact: true }).click()
      await me.composer.fill('@')
      await me.page.getByRole('listbox').waitFor()
      return undefined
    },
  },
  {
    name: 'room-people',
    async show(stage) {
      await busy(stage)
      await showsPanel(stage, 'people')
      return undefined
    },
  },
  {
    name: 'room-desk-menu',
    async show(stage) {
      const { me } = stage
      await busy(stage)
      await me.desk(stage.words.longName).click()
      await me.page.getByRole('menu').waitFor()
      return undefined
    },
  },
  {
    name: 'room-focus-mode',
    async show(stage) {
      const { me } = stage
      await busy(stage)
      await me.button(me.t.room.focusMode).click()
      await me.button(me.t.room.leaveFocusMode).waitFor()
      return undefined
    },
    only: 'wide',
    after: ({ me }) => me.button(me.t.room.leaveFocusMode).click(),
  },
  {
    name: 'room-keys',
    async show(stage) {
      const { me } = stage
      await busy(stage)
      await me.page.keyboard.press('Shift+?')
      await me.page.getByRole('dialog').waitFor()
      return undefined
    },
    only: 'wide',
  },
  {
    name: 'room-full',
    async show(stage) {
      const { me, house, words } = stage
      const [first, second] = [await guest(house.url, '1'), await guest(house.url, '2')]
      const full = await opensRoom(first, { name: words.rooms[3]?.name, capacity: 2 })
      for (const one of [first, second]) await sitsDown(one, full)
      await me.open(`/rooms/${full}`)
      await me.sees(me.t.common.refusal.full)
      for (const { hub } of [first, second]) await hub.close()
      return undefined
    },
  },
  {
    name: 'room-elsewhere',
    async show(stage) {
      const { me, lively } = stage
      await busy(stage)
      const other = await me.anotherTab(`/rooms/${lively.busy}`)
      await other.getByRole('heading', { level: 1, name: lively.busyName }).waitFor()
      await me.sees(me.t.common.place.elsewhere.title)
      await other.close()
      return undefined
    },
  },
  {
    name: 'room-own',
    async show(stage) {
      await own(stage)
      return undefined
    },
  },
  {
    name: 'room-timer-plan',
    async show(stage) {
      const { me } = stage
      await own(stage)
      await me.button(me.t.room.stage.plan).click()
      await me.page.getByLabel(me.t.room.stage.rounds).waitFor()
      return undefined
    },
  },
  {
    name: 'room-break',
    async show(stage) {
      const { me } = stage
      await own(stage)
      await me.button(me.t.room.stage.startTimer).click()
      await me.button(me.t.room.stage.skip).click()
      await me.button(me.t.room.stage.start).click()
      await me.sees(me.t.room.stage.heldByBreak)
      return undefined
    },
    after: ({ me }) => me.button(me.t.room.stage.stopTimer).click(),
  },
  {
    name: 'room-settings',
    async show(stage) {
      const { me } = stage
      await own(stage)
      await me.button(me.t.room.settings).click()
      await me.page.getByRole('dialog').getByLabel(me.t.room.change.name, { exact: true }).waitFor()
      return undefined
    },
  },
  {
    name: 'room-settings-stage',
    async show(stage) {
      const { me } = stage
      await own(stage)
      await me.button(me.t.room.settings).click()
      const dialog = me.page.getByRole('dialog')
      await dialog.getByLabel(me.t.stage.settings.chat).selectOption('slow')
      await dialog.getByLabel(me.t.stage.settings.checks).selectOption('usual')
      await dialog.getByRole('button', { name: me.t.room.change.save }).scrollIntoViewIfNeeded()
      return undefined
    },
  },
  {
    name: 'room-held',
    async show(stage) {
      const { asked, me, words } = stage
      await own(stage, { stage: { chat: 'held', quiet: true } })
      await me.button(me.t.room.stage.startTimer).click()
      await asked.open(new URL(me.page.url()).pathname)
      await asked.isIn(words.mine)
      if (stage.narrow) await asked.page.getByRole('button', { name: new RegExp(`^${asked.t.room.tabs.chat}`) }).click()
      await asked.sees(new RegExp(asked.t.stage.held.split('{{time}}')[0] ?? ''))
      await asked.composer.fill(words.says)
      await asked.composer.press('Enter')
      await asked.sees(asked.t.stage.waitsHeld)
      return asked.page
    },
    after: ({ me }) => me.button(me.t.room.stage.stopTimer).click(),
  },
  {
    name: 'room-warn',
    async show(stage) {
      const { asked, me, words } = stage
      await own(stage)
      await asked.open(new URL(me.page.url()).pathname)
      await asked.isIn(words.mine)
      await me.desk(asked.name).click()
      await me.page.getByRole('menuitem', { name: me.t.room.acts.ban, exact: true }).click()
      await me.page.getByRole('dialog', { name: fill(me.t.room.acts.confirmBan, { name: asked.name }) }).waitFor()
      return undefined
    },
  },
  {
    name: 'room-delete-message',
    async show(stage) {
      const { me, words } = stage
      await own(stage)
      await showsPanel(stage, 'chat')
      await me.says(words.topic)
      await me.allStored()
      if (stage.narrow) await me.message(words.topic).click({ position: { x: 90, y: 8 } })
      await me.tool(words.topic, 'delete')
      await me.sees(me.t.room.chat.confirmDelete)
      return undefined
    },
  },
  {
    name: 'room-reconnecting',
    async show(stage) {
      const { me } = stage
      await busy(stage)
      stage.house.network.cut()
      await me.page.getByRole('status').getByText(me.t.common.connection.reconnecting).waitFor()
      return undefined
    },
    async after({ me, house }) {
      house.network.heal()
      await me.page.getByRole('status').getByText(me.t.common.connection.reconnecting).waitFor({ state: 'detached' })
    },
  },
  {
    name: 'room-offline',
    async show(stage) {
      const { me } = stage
      await busy(stage)
      stage.house.network.cut()
      await me.context.setOffline(true)
      await me.page.getByRole('status').getByText(me.t.common.connection.offline).waitFor()
      return undefined
    },
    async after({ me, house }) {
      house.network.heal()
      await me.context.setOffline(false)
      await me.page.getByRole('status').getByText(me.t.common.connection.offline).waitFor({ state: 'detached' })
    },
  },
]
