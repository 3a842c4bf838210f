import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import type { GroupNews } from '#schemas/messages/inbox.ts'
import { shownItem } from './shownItem.ts'

// Where a line leads does not depend on its words.
const t = ((key: string) => key) as unknown as TFunction<'inbox'>
const leadsTo = (what: GroupNews['what']) =>
  shownItem(t, { kind: 'group', what, groupId: 'g', groupName: 'Owls', by: '', reason: '', role: null }).to

test('GROUP-15: news of a group lead members to it, others to their groups; a room that has ended leads nowhere', () => {
  for (const what of ['asked', 'accepted', 'role', 'warned'] as const)
    expect(leadsTo(what)).toEqual({ to: '/groups/$groupId', params: { groupId: 'g' } })
  for (const what of ['invited', 'refused', 'kicked', 'banned', 'dissolved'] as const)
    expect(leadsTo(what)).toEqual({ to: '/groups' })
  expect(shownItem(t, { kind: 'roomEnded', roomId: 'r', roomName: 'Quiet' }).to).toBeUndefined()
})
