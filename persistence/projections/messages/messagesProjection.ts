import { changed, firstSaid } from '#schemas/chat/changed.ts'
import type { Event } from '#schemas/events/catalogue.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import type { Archive, ArchivedMessage } from '../../ports/archive.ts'
import { type ConsumerGroup, Poison } from '../../ports/eventLog.ts'
import { projection } from '../projection.ts'

const chatTypes = ['chat.sent', 'chat.edited', 'chat.deleted', 'chat.reacted', 'chat.pinned'] as const
const types = [...chatTypes, 'member.forgotten'] as const
type ChatEvent = Event<(typeof chatTypes)[number]>
const isChat = (event: Event<(typeof types)[number]>): event is ChatEvent => event.type !== 'member.forgotten'
type Stored = ChatMessage & { readonly conversation: string }

/** Messages and their older wordings, in the archive (C1-C3). */
export const messagesProjection = (archive: Archive): ConsumerGroup =>
  projection({
    group: 'messages',
    types,
    async apply(all) {
      const events = all.filter(isChat)
      const known = await changedMessages(archive, events)
      const touched = new Map<string, Stored>()
      let unknown: ChatEvent | null = null
      for (const event of events) {
        const at = place(event)
        if (event.type === 'chat.sent') {
          touched.set(at, { conversation: event.key, ...firstSaid(event.data, event.at) })
          continue
        }
        const before = touched.get(at) ?? known.get(at)
        if (!before) {
          unknown = event
          break
        }
        // Comes again: the stored message has this change and perhaps later ones.
        if (event.data.revision <= before.revision) {
          // Whoever wrote its deletion may have died before the older wordings were gone: put again, it takes them away.
          if (before.deleted) touched.set(at, before)
          continue
        }
        touched.set(at, { ...changed(before, event, event.at), conversation: event.key })
      }
      await Promise.all(
        events.map(async ({ type, key, at, data }) => {
          if (type === 'chat.edited')
            await archive.putPast(key, data.number, data.revision, { text: data.before, until: at })
        }),
      )
      await archive.putMessages([...touched.values()])
      // His messages were told before: whatever of them is told again, as in a rebuild, loses its name again.
      for (const event of all) if (!isChat(event)) await archive.unname(event.data.userId)
      if (unknown)
        throw new Poison(unknown.id, `${unknown.type} of a message that was never stored (${place(unknown)})`)
    },
  })

const place = (event: ChatEvent): string => `${event.key} ${event.data.number}`

/** The stored messages that the batch changes without having sent them. */
async function changedMessages(archive: Archive, events: readonly ChatEvent[]): Promise<Map<string, Stored>> {
  const known = new Map<string, Stored>()
  const sent = new Set(events.filter((e) => e.type === 'chat.sent').map(place))
  const wanted = Map.groupBy(
    events.filter((e) => e.type !== 'chat.sent' && !sent.has(place(e))),
    (e) => e.key,
  )
  await Promise.all(
    [...wanted].map(async ([conversation, changes]) => {
      const numbers = [...new Set(changes.map((e) => e.data.number))]
      for (const m of await archive.byNumbers(conversation, numbers))
        known.set(`${conversation} ${m.number}`, copied(m))
    }),
  )
  return known
}

const copied = (m: ArchivedMessage): Stored => ({
  ...m,
  mentions: [...m.mentions],
  reactions: m.reactions.map(({ emoji, users }) => ({ emoji, users: [...users] })),
})
