import i18next, { type TFunction } from 'i18next'
import type { GroupNews, InboxItem } from '#schemas/messages/inbox.ts'

/** An item in words, and where it leads. */
type ShownItem = {
  readonly title: string
  readonly text: string
  readonly to?:
    | { readonly to: '/people'; readonly search: { tab: 'friends' | 'requests' } }
    | { readonly to: '/groups' }
    | { readonly to: '/groups/$groupId'; readonly params: { groupId: string } }
    | { readonly to: '/rooms/$roomId'; readonly params: { roomId: string }; readonly search?: { m: number } }
}

/** A server may be newer than this page: what it does not know is said to be so. */
export function shownItem(t: TFunction<'inbox'>, item: InboxItem): ShownItem {
  switch (item.kind) {
    case 'warned':
      return { title: t('kind.warned', item), text: item.reason, ...room(item.roomId) }
    case 'removed':
      return { title: t(`kind.removed.${item.how}`, item), text: item.reason }
    case 'mentioned':
      return {
        title: t('kind.mentioned', item),
        text: item.text,
        to: { to: '/rooms/$roomId', params: { roomId: item.roomId }, search: { m: item.number } },
      }
    // It leads nowhere: the room is gone, and was left behind by whoever reads this.
    case 'roomEnded':
      return { title: t('kind.roomEnded', item), text: '' }
    case 'group':
      return {
        title: i18next.t(`room:told.group.${item.what}`, { name: item.by, group: item.groupName }),
        text: item.reason,
        to: groupOf(item),
      }
    case 'screenAsked':
      return { title: t('kind.screenAsked', item), text: '', ...room(item.roomId) }
    case 'friendAsked':
      return { title: t('kind.friendAsked', item), text: '', to: { to: '/people', search: { tab: 'requests' } } }
    case 'friendAccepted':
      return { title: t('kind.friendAccepted', item), text: '', to: { to: '/people', search: { tab: 'friends' } } }
    default:
      return { title: t('kind.other'), text: '' }
  }
}

const room = (roomId: string) => ({ to: { to: '/rooms/$roomId', params: { roomId } } }) as const

/** Who is in the group comes to it; others to their groups, where an invitation waits and the way back in begins. */
function groupOf({ what, groupId }: GroupNews) {
  switch (what) {
    case 'asked':
    case 'accepted':
    case 'role':
    case 'warned':
      return { to: '/groups/$groupId', params: { groupId } } as const
    default:
      return { to: '/groups' } as const
  }
}
