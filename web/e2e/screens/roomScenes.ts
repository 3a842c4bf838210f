import { guest, opensRoom, sitsDown } from '../testing/crowd.ts'
import type { Person } from '../testing/Person.ts'
import { fill } from '../testing/texts.ts'
import { asks } from './fillCircles.ts'
import type { Scene, Stage } from './Scene.ts'
import { within } from './within.ts'

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

const inBusy = within(busy)
const inOwn = within((stage) => own(stage))

export const roomScenes: readonly Scene[] = [
  inBusy('room'),
  inBusy('room-studying', async ({ me }) => {
    await me.button(me.t.room.stage.start).click()
    await me.deskShows(me.name, 'studying')
  }),
  inBusy('room-chat', async (stage) => {
    const { me, words } = stage
    await showsPanel(stage, 'chat')
    await me.says(words.says)
    await me.allStored()
  }),
  inBusy('room-message-menu', async (stage) => {
    const { me, words } = stage
    await showsPanel(stage, 'chat')
    const message = me.message(words.says).last()
    await (stage.narrow ? message.click({ position: { x: 90, y: 8 } }) : message.hover())
    await message.getByRole('button', { name: me.t.room.chat.more }).click()
    await me.page.getByRole('menuitem', { name: me.t.room.chat.copy }).waitFor()
  }),
  inBusy('room-reply', async (stage) => {
    const { me, words } = stage
    await showsPanel(stage, 'chat')
    const message = me.log
      .getByRole('article')
      .filter({ hasText: words.talk[7]?.slice(0, 12) ?? '' })
      .last()
    await (stage.narrow ? message.click({ position: { x: 90, y: 8 } }) : message.hover())
    await message.getByRole('button', { name: me.t.room.chat.reply, exact: true }).click()
    await me.composer.fill('@')
    await me.page.getByRole('listbox').waitFor()
  }),
  inBusy('room-people', (stage) => showsPanel(stage, 'people')),
  inBusy('room-desk-menu', async ({ me, words }) => {
    await me.desk(words.longName).click()
    await me.page.getByRole('menu').waitFor()
  }),
  inBusy(
    'room-focus-mode',
    async ({ me }) => {
      await me.button(me.t.room.focusMode).click()
      await me.button(me.t.room.leaveFocusMode).waitFor()
    },
    { only: 'wide', after: ({ me }) => me.button(me.t.room.leaveFocusMode).click() },
  ),
  inBusy(
    'room-keys',
    async ({ me }) => {
      await me.page.keyboard.press('Shift+?')
      await me.page.getByRole('dialog').waitFor()
    },
    { only: 'wide' },
  ),
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
  inBusy('room-elsewhere', async ({ me, lively }) => {
    const other = await me.anotherTab(`/rooms/${lively.busy}`)
    await other.getByRole('heading', { level: 1, name: lively.busyName }).waitFor()
    await me.sees(me.t.common.place.elsewhere.title)
    await other.close()
  }),
  inOwn('room-own'),
  inOwn('room-timer-plan', async ({ me }) => {
    await me.button(me.t.room.stage.plan).click()
    await me.page.getByLabel(me.t.room.stage.rounds).waitFor()
  }),
  inOwn(
    'room-break',
    async ({ me }) => {
      await me.button(me.t.room.stage.startTimer).click()
      await me.button(me.t.room.stage.skip).click()
      await me.button(me.t.room.stage.start).click()
      await me.sees(me.t.room.stage.heldByBreak)
    },
    { after: ({ me }) => me.button(me.t.room.stage.stopTimer).click() },
  ),
  inOwn('room-settings', async ({ me }) => {
    await me.button(me.t.room.settings).click()
    await me.page.getByRole('dialog').getByLabel(me.t.room.change.name, { exact: true }).waitFor()
  }),
  inOwn('room-settings-stage', async ({ me }) => {
    await me.button(me.t.room.settings).click()
    const dialog = me.page.getByRole('dialog')
    await dialog.getByLabel(me.t.stage.settings.chat).selectOption('slow')
    await dialog.getByLabel(me.t.stage.settings.checks).selectOption('usual')
    await dialog.getByRole('button', { name: me.t.room.change.save }).scrollIntoViewIfNeeded()
  }),
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
  inOwn('room-warn', async ({ asked, me, words }) => {
    await asked.open(new URL(me.page.url()).pathname)
    await asked.isIn(words.mine)
    await me.desk(asked.name).click()
    await me.page.getByRole('menuitem', { name: me.t.room.acts.ban, exact: true }).click()
    await me.page.getByRole('dialog', { name: fill(me.t.room.acts.confirmBan, { name: asked.name }) }).waitFor()
  }),
  inOwn('room-delete-message', async (stage) => {
    const { me, words } = stage
    await showsPanel(stage, 'chat')
    await me.says(words.topic)
    await me.allStored()
    if (stage.narrow) await me.message(words.topic).click({ position: { x: 90, y: 8 } })
    await me.tool(words.topic, 'delete')
    await me.sees(me.t.room.chat.confirmDelete)
  }),
  inBusy(
    'room-reconnecting',
    async ({ me, house }) => {
      house.network.cut()
      await me.page.getByRole('status').getByText(me.t.common.connection.reconnecting).waitFor()
    },
    {
      async after({ me, house }) {
        house.network.heal()
        await me.page.getByRole('status').getByText(me.t.common.connection.reconnecting).waitFor({ state: 'detached' })
      },
    },
  ),
  inBusy(
    'room-offline',
    async ({ me, house }) => {
      house.network.cut()
      await me.context.setOffline(true)
      await me.page.getByRole('status').getByText(me.t.common.connection.offline).waitFor()
    },
    {
      async after({ me, house }) {
        house.network.heal()
        await me.context.setOffline(false)
        await me.page.getByRole('status').getByText(me.t.common.connection.offline).waitFor({ state: 'detached' })
      },
    },
  ),
]
