import type { DatabaseSync } from 'node:sqlite'

export type LogRow = {
  readonly pos: number
  readonly key: string
  readonly seq: number
  readonly epoch: number
  readonly body: string
}
/** key, seq, epoch, JSON of the draft. */
export type LogEntry = readonly [key: string, seq: number, epoch: number, body: string]
export type LetterRow = { readonly id: number; readonly event: string; readonly reason: string; readonly at: number }

const TRIMMED = 5000

/** The log's table, the groups' offsets and the dead letters. */
export function logProcedures(db: DatabaseSync) {
  const insert = db.prepare('insert or ignore into log (key, seq, epoch, at, body) values (?, ?, ?, ?, ?)')
  const read = db.prepare('select pos, key, seq, epoch, body from log where pos > ? order by pos limit ?')
  const end = db.prepare('select coalesce(max(pos), 0) as pos from log')
  const behind = db.prepare('select count(*) as n from log where pos > ?')
  const join = db.prepare('insert or ignore into log_groups values (?, 0)')
  const offset = db.prepare('select pos from log_groups where name = ?')
  const advance = db.prepare('update log_groups set pos = ? where name = ? and pos < ?')
  const least = db.prepare('select min(pos) as pos from log_groups')
  const trim = db.prepare(`delete from log where pos in (
    select pos from (select pos, at from log order by pos limit ${TRIMMED}) where pos <= ? and at < ?)`)

  const bury = db.prepare(`insert into dead_letters (name, event_id, event, reason, at, again) values (?, ?, ?, ?, ?, 0)
    on conflict do update set reason = excluded.reason, at = excluded.at, again = 0`)
  const letters = db.prepare(
    'select id, event, reason, at from dead_letters where name = ? order by at desc, id desc limit ?',
  )
  const again = db.prepare('update dead_letters set again = 1 where name = ?')
  const wanted = db.prepare(
    'select id, event, reason, at from dead_letters where name = ? and again = 1 order by id limit ?',
  )
  const drop = db.prepare('delete from dead_letters where id = ?')

  return {
    logPublish(entries: readonly LogEntry[]): void {
      const at = Date.now()
      for (const [key, seq, epoch, body] of entries) insert.run(key, seq, epoch, at, body)
    },
    logRead: (after: number, limit: number) => read.all(after, limit) as LogRow[],
    logEnd: () => (end.get() as { pos: number }).pos,
    logLag: (group: string): number => {
      const at = (offset.get(group) as { pos: number } | undefined)?.pos ?? 0
      return (behind.get(at) as { n: number }).n
    },
    /** A new group begins with the oldest event that is kept. */
    logJoin(group: string): number {
      join.run(group)
      return (offset.get(group) as { pos: number }).pos
    },
    logAdvance(group: string, pos: number): void {
      advance.run(pos, group, pos)
    },
    /** Cuts rows that every group has passed and that are older than `before`; the newest stays, for positions go on from it. */
    logTrim(before: number): number {
      const passed = (least.get() as { pos: number | null }).pos ?? 0
      const newest = (end.get() as { pos: number }).pos
      return Number(trim.run(Math.min(passed, newest - 1), before).changes)
    },
    deadLetter(group: string, eventId: string, event: string, reason: string): void {
      bury.run(group, eventId, event, reason, Date.now())
    },
    deadLetters: (group: string, limit: number) => letters.all(group, limit) as LetterRow[],
    deadLettersAgain: (group: string): number => Number(again.run(group).changes),
    deadLettersWanted: (group: string, limit: number) => wanted.all(group, limit) as LetterRow[],
    deadLetterDone(id: number): void {
      drop.run(id)
    },
  }
}
