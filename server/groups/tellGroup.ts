import type { StudyGroup } from '#persistence/database/groups/group.ts'
import type { GroupNews } from '#schemas/messages/inbox.ts'
import type { GroupsDeps } from './groupsDeps.ts'

type News = Pick<GroupNews, 'what'> & Partial<Pick<GroupNews, 'by' | 'reason' | 'role'>>

/** Tells people what happened to them in a group, after the commit: a hint, so losing it is only logged. */
export async function tellGroup(
  { places, log }: Pick<GroupsDeps, 'log'> & { readonly places: Pick<GroupsDeps['places'], 'tell'> },
  { id, name }: Pick<StudyGroup, 'id' | 'name'>,
  users: readonly string[],
  news: News,
): Promise<void> {
  const item = { by: '', reason: '', role: null, ...news, kind: 'group', groupId: id, groupName: name } as const
  await Promise.all(
    users.map((user) =>
      places.tell(user, item).catch((error: unknown) => log.warn({ err: error }, 'an inbox item was not told')),
    ),
  )
}
