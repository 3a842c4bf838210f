import { askUntil } from '#client/testing/askUntil.ts'
import { type HistoryPage, historyPage } from '#schemas/api/rooms.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { type Resident, sure } from './resident.ts'

/** The whole conversation over HTTP, page by page from the first; waits for a page that says it may be incomplete. */
export async function historyOf(reader: Resident, roomId: string): Promise<ChatMessage[]> {
  const all: ChatMessage[] = []
  for (;;) {
    const after = all.at(-1)?.number ?? 0
    const ask = async () =>
      historyPage.parse(sure(await reader.get<HistoryPage>(`/api/rooms/${roomId}/messages`, { after, limit: 100 })))
    const page = await askUntil(ask, ({ complete }) => complete, `a complete page of history above ${after}`)
    if (page.messages.length === 0) return all
    all.push(...page.messages)
  }
}
