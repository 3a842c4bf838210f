import type { PersonalPart } from '../ports/personalData.ts'
import { pages } from './pages.ts'
import type { PersonalDeps } from './parts.ts'

/** What he wrote. Messages stay when he goes, for others read them, but not his name: screens say "deleted member". */
export const messagesPart = ({ archive }: Pick<PersonalDeps, 'archive'>): PersonalPart => ({
  name: 'messages',
  async *export(user) {
    const own = pages(
      (after: { conversation: string; number: number } | null, limit) => archive.byAuthor(user, after, limit),
      ({ conversation, number }) => ({ conversation, number }),
    )
    yield { name: 'messages.json', rows: plain(own) }
  },
  erase: (user) => archive.unname(user),
})

/** Without what others did to it, and who is mentioned is his own words. */
async function* plain<M extends { author: string; authorName: string; reactions: unknown; mentions: unknown }>(
  messages: AsyncIterable<M>,
) {
  for await (const { author, authorName, reactions, mentions, ...message } of messages) yield message
}
