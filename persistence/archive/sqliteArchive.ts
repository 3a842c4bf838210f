import type { Archive, ArchivedMessage } from '../ports/archive.ts'
import { openSqliteWorker } from '../sqlite/sqliteWorker.ts'
import type { ArchiveProcedures } from './archiveProcedures.ts'

const NEWEST = Number.MAX_SAFE_INTEGER
const DROP_AT_ONCE = 1000
const UNNAME_AT_ONCE = 500

/** The archive in a file of its own, written by its own thread. Rejects with `DataFolderProblem` if it cannot be used. */
export async function openSqliteArchive(path: string, onGone?: (error: Error) => void): Promise<Archive> {
  const worker = await openSqliteWorker<ArchiveProcedures>({
    path,
    procedures: new URL('./archiveProcedures.ts', import.meta.url),
    ...(onGone && { onGone }),
  })
  return {
    async putMessages(messages) {
      if (messages.length === 0) return
      await worker.call(
        'putMessages',
        messages.map((m) => ({
          conversation: m.conversation,
          number: m.number,
          at: m.at,
          revision: m.revision,
          pinned: m.pinned,
          deleted: m.deleted,
          doc: JSON.stringify(m),
        })),
      )
    },
    async putPast(conversation, number, revision, past) {
      await worker.call('putPast', { conversation, number, revision, ...past })
    },
    async page(conversation, { before = NEWEST, after, limit }) {
      return parsed(await worker.read('page', conversation, after ?? 0, before, after !== undefined, limit))
    },
    async byNumbers(conversation, numbers) {
      return numbers.length === 0 ? [] : parsed(await worker.read('byNumbers', conversation, numbers))
    },
    past: (conversation, number) => worker.read('past', conversation, number),
    firstAt: (conversation, at) => worker.read('firstAt', conversation, at),
    pinned: async (conversation) => parsed(await worker.read('pinned', conversation)),
    newest: (conversation) => worker.read('newest', conversation),
    async byAuthor(author, after, limit) {
      return parsed(await worker.read('byAuthor', author, after?.conversation ?? '', after?.number ?? 0, limit))
    },
    async unname(author) {
      while ((await worker.call('unname', author, UNNAME_AT_ONCE)) > 0);
    },
    async drop(conversation) {
      // In short steps: others wait for the same thread.
      while ((await worker.call('drop', conversation, DROP_AT_ONCE)) > 0);
    },
    close: () => worker.close(),
  }
}

const parsed = (docs: readonly string[]) => docs.map((doc) => JSON.parse(doc) as ArchivedMessage)
