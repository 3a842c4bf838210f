import type { DatabaseSync } from 'node:sqlite'

export type MessageRow = {
  readonly conversation: string
  readonly number: number
  readonly at: number
  readonly revision: number
  readonly pinned: boolean
  readonly deleted: boolean
  /** The whole message as JSON. */
  readonly doc: string
}
export type PastRow = {
  readonly conversation: string
  readonly number: number
  readonly revision: number
  readonly text: string
  readonly until: number
}

/** What the archive's thread can do. Messages travel as JSON text: the asking thread parses what it shows. */
export type ArchiveProcedures = {
  putMessages(rows: readonly MessageRow[]): void
  putPast(row: PastRow): void
  /** Below `before`, above `after`; from the lower end if `fromLow`, else from the upper; ascending. */
  page(conversation: string, after: number, before: number, fromLow: boolean, limit: number): string[]
  byNumbers(conversation: string, numbers: readonly number[]): string[]
  past(conversation: string, number: number): { text: string; until: number }[]
  firstAt(conversation: string, at: number): number | null
  pinned(conversation: string): string[]
  newest(conversation: string): number
  byAuthor(author: string, conversation: string, number: number, limit: number): string[]
  /** Takes the name off at most so many rows; returns how many. */
  unname(author: string, limit: number): number
  /** Removes at most so many rows; returns how many it removed. */
  drop(conversation: string, limit: number): number
}

const TABLES = `
  create table if not exists message (
    conversation text not null, number integer not null, at integer not null, revision integer not null,
    pinned integer not null, doc text not null, primary key (conversation, number)
  ) without rowid;
  create index if not exists message_by_time on message (conversation, at, number);
  create index if not exists message_by_author on message (json_extract(doc, '$.author'), conversation, number);
  create index if not exists message_pinned on message (conversation, number) where pinned = 1;
  create table if not exists past (
    conversation text not null, number integer not null, revision integer not null, text text not null, until integer not null,
    primary key (conversation, number, revision)
  ) without rowid;`

export default function archiveProcedures(db: DatabaseSync): ArchiveProcedures {
  db.exec(TABLES)
  const put = db.prepare(
    `insert into message (conversation, number, at, revision, pinned, doc) values (?, ?, ?, ?, ?, ?)
     on conflict do update set at = excluded.at, revision = excluded.revision, pinned = excluded.pinned, doc = excluded.doc
     where excluded.revision > message.revision`,
  )
  // An edit that comes again after the deletion must not bring the text back.
  const putPast = db.prepare(
    `insert into past select ?1, ?2, ?3, ?4, ?5 where not exists
     (select 1 from message where conversation = ?1 and number = ?2 and json_extract(doc, '$.deleted'))
     on conflict do nothing`,
  )
  const dropPast = db.prepare('delete from past where conversation = ? and number = ?')
  const between = 'from message where conversation = ? and number > ? and number < ?'
  const oldest = db.prepare(`select doc ${between} order by number limit ?`)
  const newestFirst = db.prepare(`select doc ${between} order by number desc limit ?`)
  const some = db.prepare(
    'select doc from message where conversation = ? and number in (select value from json_each(?)) order by number',
  )
  const past = db.prepare('select text, until from past where conversation = ? and number = ? order by revision')
  const firstAt = db.prepare(
    'select number from message where conversation = ? and at >= ? order by at, number limit 1',
  )
  const pinned = db.prepare('select doc from message where conversation = ? and pinned = 1 order by number')
  const newest = db.prepare('select max(number) as number from message where conversation = ?')
  const byAuthor = db.prepare(
    `select doc from message where json_extract(doc, '$.author') = ?1 and (conversation, number) > (?2, ?3)
     and not json_extract(doc, '$.deleted') order by conversation, number limit ?4`,
  )
  const unname = db.prepare(
    `update message set doc = json_set(doc, '$.authorName', '') where (conversation, number) in
     (select conversation, number from message where json_extract(doc, '$.author') = ?1
      and json_extract(doc, '$.authorName') <> '' limit ?2)`,
  )
  const drops = ['message', 'past'].map((table) =>
    db.prepare(
      `delete from ${table} where conversation = ?1 and number in
       (select number from ${table} where conversation = ?1 order by number limit ?2)`,
    ),
  )
  const docs = (rows: unknown): string[] => (rows as { doc: string }[]).map((row) => row.doc)

  return {
    putMessages(rows) {
      for (const r of rows) {
        put.run(r.conversation, r.number, r.at, r.revision, Number(r.pinned), r.doc)
        if (r.deleted) dropPast.run(r.conversation, r.number)
      }
    },
    putPast(r) {
      putPast.run(r.conversation, r.number, r.revision, r.text, r.until)
    },
    page(conversation, after, before, fromLow, limit) {
      if (fromLow) return docs(oldest.all(conversation, after, before, limit))
      return docs(newestFirst.all(conversation, after, before, limit)).reverse()
    },
    byNumbers: (conversation, numbers) => docs(some.all(conversation, JSON.stringify(numbers))),
    past: (conversation, number) =>
      (past.all(conversation, number) as { text: string; until: number }[]).map((row) => ({ ...row })),
    firstAt: (conversation, at) => (firstAt.get(conversation, at) as { number: number } | undefined)?.number ?? null,
    pinned: (conversation) => docs(pinned.all(conversation)),
    newest: (conversation) => (newest.get(conversation) as { number: number | null }).number ?? 0,
    byAuthor: (author, conversation, number, limit) => docs(byAuthor.all(author, conversation, number, limit)),
    unname: (author, limit) => Number(unname.run(author, limit).changes),
    drop: (conversation, limit) => drops.reduce((sum, drop) => sum + Number(drop.run(conversation, limit).changes), 0),
  }
}
