import type { DatabaseSync } from 'node:sqlite'

/** Events that stay in the tail although they are confirmed and below the snapshot: history reads fill up from them. */
const KEPT = 1000

export type KeyRow = {
  readonly key: string
  readonly kind: 'place' | 'conversation'
  readonly head: number
  readonly confirmed: number
  readonly epoch: number
  readonly owner: string | null
  readonly batch: string | null
  readonly snap: number
  readonly cut: number
  readonly ended: number
}
/** seq, epoch, JSON of the draft. */
export type TailRow = readonly [seq: number, epoch: number, body: string]

export type Keys = ReturnType<typeof keys>

/** What all procedures of places and conversations share: rows, the tail, and its cutting. */
export function keys(db: DatabaseSync, logInline: boolean) {
  const get = db.prepare('select * from keys where key = ?')
  const insertTail = db.prepare('insert into tail values (?, ?, ?, ?)')
  const insertLog = db.prepare('insert into log (key, seq, epoch, at, body) values (?, ?, ?, ?, ?)')
  const above = db.prepare('select seq, epoch, body from tail where key = ? and seq > ? order by seq limit ?')
  const cutTail = db.prepare('delete from tail where key = ? and seq > ? and seq <= ?')
  const setCut = db.prepare('update keys set cut = ? where key = ?')
  const dropTail = db.prepare('delete from tail where key = ?')
  const dropKey = db.prepare('delete from keys where key = ?')

  return {
    row: (key: string) => get.get(key) as KeyRow | undefined,
    /** Puts events after `head` into the tail and, where the log is this file, into the log. Returns the confirmed mark. */
    store(key: string, epoch: number, head: number, confirmed: number, bodies: readonly string[]): number {
      // With an older, unpublished event below, the log would not be in order: publishing by prefix has to do it then.
      const inline = logInline && confirmed === head
      const at = Date.now()
      let seq = head
      for (const body of bodies) {
        insertTail.run(key, ++seq, epoch, body)
        if (inline) insertLog.run(key, seq, epoch, at, body)
      }
      return inline ? seq : confirmed
    },
    tail: (key: string, seq: number, limit: number): TailRow[] =>
      (above.all(key, seq, limit) as { seq: number; epoch: number; body: string }[]).map((e) => [
        e.seq,
        e.epoch,
        e.body,
      ]),
    /** Cuts the tail only below the newest snapshot, below the confirmed mark, and beyond the newest 1,000 events. */
    cut({ key, kind, head, confirmed, snap, cut }: KeyRow): void {
      const to = Math.min(kind === 'place' ? snap : head, confirmed, head - KEPT)
      if (to <= cut) return
      cutTail.run(key, cut, to)
      setCut.run(to, key)
    },
    /** The tail becomes these events, from number `from` + 1 on; they are published as any other unconfirmed ones. */
    replaceTail(key: string, epoch: number, from: number, bodies: readonly string[]): void {
      dropTail.run(key)
      for (const [i, body] of bodies.entries()) insertTail.run(key, from + i + 1, epoch, body)
    },
    drop(key: string): void {
      dropTail.run(key)
      dropKey.run(key)
    },
  }
}
