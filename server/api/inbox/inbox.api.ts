import { inboxReadThrough, inboxUnread, markInboxRead } from '#persistence/database/inbox/inboxMark.ts'
import { inboxHead, readInbox } from '#persistence/database/inbox/readInbox.ts'
import { inboxPage, inboxQuery, inboxRead, inboxReadAnswer } from '#schemas/api/inbox.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'

/** What was addressed to the caller (N1): hints come by the socket, the truth is here (I13). */
export function inboxApi(add: AddEndpoint, { db }: ApiDeps): void {
  add({
    method: 'get',
    path: '/api/inbox',
    tag: 'inbox',
    summary: 'What was addressed to the caller: what he missed since a number, or the newest',
    who: 'user',
    takes: { query: inboxQuery },
    answers: inboxPage,
    async run({ caller: { userId }, query: { limit, ...range } }) {
      const [page, head, readThrough] = await Promise.all([
        readInbox(db, userId, range, limit),
        inboxHead(db, userId),
        inboxReadThrough(db, userId),
      ])
      return { ...page, head, readThrough, unread: inboxUnread(head, readThrough) }
    },
  })
  add({
    method: 'post',
    path: '/api/inbox/read',
    tag: 'inbox',
    summary: 'Says through which number the caller has looked; it only moves forward',
    who: 'user',
    takes: { body: inboxRead },
    answers: inboxReadAnswer,
    async run({ caller: { userId }, body }) {
      const readThrough = await markInboxRead(db, userId, body.through)
      return { readThrough, unread: inboxUnread(await inboxHead(db, userId), readThrough) }
    },
  })
}
