import { tellsOldVersion } from '../testing/tellsOldVersion.ts'
import { asks } from './fillCircles.ts'
import type { Scene } from './Scene.ts'

export const endScenes: readonly Scene[] = [
  {
    name: 'room-warned',
    async show({ me, lively }) {
      await me.open(`/rooms/${lively.busy}`)
      await me.isIn(lively.busyName)
      const owner = lively.members[0]
      const mine = [...(owner?.state.members.values() ?? [])].find((m) => m.name === me.name)
      await owner?.request('member.warn', { userId: mine?.userId ?? '', reason: '🙏' })
      await me.page.getByRole('alert').first().waitFor()
      return undefined
    },
  },
  {
    name: 'room-removed',
    async show({ me, lively }) {
      await me.open(`/rooms/${lively.busy}`)
      await me.isIn(lively.busyName)
      const owner = lively.members[0]
      const mine = [...(owner?.state.members.values() ?? [])].find((m) => m.name === me.name)
      await owner?.request('member.kick', { userId: mine?.userId ?? '', reason: '' })
      await me.sees(me.t.common.place.kicked.title)
      return undefined
    },
  },
  {
    name: 'room-gone',
    async show({ me }) {
      await me.open('/rooms/not-there')
      await me.sees(me.t.common.notFound.title)
      return undefined
    },
  },
  {
    name: 'room-ended',
    async show({ me, asked, words }) {
      const { roomId } = await asks<{ roomId: string }>(asked, 'POST', '/api/rooms', { name: words.topic })
      await me.open(`/rooms/${roomId}`)
      await me.isIn(words.topic)
      await asks(asked, 'DELETE', `/api/rooms/${roomId}`)
      await me.sees(me.t.common.place.ended.title)
      return undefined
    },
  },
  {
    name: 'room-outdated',
    async show({ me, lively }) {
      await me.open('/')
      await me.card(lively.eveningName).waitFor()
      await tellsOldVersion(me, '**/api/rooms/*/enter')
      await me.card(lively.eveningName).click()
      await me.page.getByRole('heading', { name: me.t.common.place.outdated.title }).waitFor()
      return undefined
    },
    after: ({ me }) => me.page.unrouteAll(),
  },
  {
    name: 'page-outdated',
    async show({ me, lively }) {
      const { page, t } = me
      await me.open('/')
      await me.card(lively.eveningName).waitFor()
      await tellsOldVersion(me, '**/api/**')
      await page.getByRole('link', { name: t.common.myStudy, exact: true }).first().click()
      await me.button(t.common.place.outdated.action).waitFor()
      return undefined
    },
    after: ({ me }) => me.page.unrouteAll(),
  },
  {
    name: 'crash',
    // An answer that no version of the server gives.
    async show({ me }) {
      await me.page.route('**/api/study/**', (route) => route.fulfill({ json: {} }))
      await me.open('/study')
      await me.sees(me.t.common.crash.title)
      return undefined
    },
    async after({ me }) {
      await me.page.unrouteAll()
      // What it says of this is what is wanted here.
      me.faults.length = 0
    },
  },
  {
    name: 'crash-missing-piece',
    // As after an update of the server, when the pieces of the old client are gone.
    async show({ me }) {
      await me.page.route('**/assets/DataPage*', (route) => route.abort())
      await me.open('/settings/data')
      await me.sees(me.t.common.crash.missing)
      return undefined
    },
    async after({ me }) {
      await me.page.unrouteAll()
      me.faults.length = 0
    },
  },
]
