import { setTimeout as sleep } from 'node:timers/promises'
import { type HistoryPage, historyPage } from '#schemas/api/rooms.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { type Resident, sure } from './resident.ts'

/** The whole conversation over HTTP, page by page from the first; waits for a page that says it may be incomplete. */
export async function historyOf(reader: Resident, roomId: string): Promise<ChatMessage[]> {
  const all: ChatMessage[] = []
  for (let tries = 0; ; ) {
    const after = all.at(-1)?.number ?? 0
    const answer = await reader.get<HistoryPage>(`/api/rooms/${roomId}/messages`, { after, limit: 100 })
    const page = historyPage.parse(sure(answer))
    if (!page.complete) {
      if (++tries > 200) throw new Error(`history above ${after} stays incomplete`)
      await sleep(50)
      continue
    }
    if (page.messages.length === 0) return all
    all.push(...page.messages)
  }
}
