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
]
