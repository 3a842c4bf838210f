import type { DatabaseSync } from 'node:sqlite'
import type { Appended, HeldPlace } from '../../ports/ledger.ts'
import type { Clock } from './clock.ts'
import type { KeyRow, Keys, TailRow } from './keys.ts'

export type ClaimRow =
  | { readonly owner: string }
  | {
      readonly epoch: number
      readonly version: number
      readonly confirmed: number
      readonly snapshot: { readonly version: number; readonly body: string } | null
      readonly events: readonly TailRow[]
      readonly now: number
    }

type Unbodied = Omit<HeldPlace, 'events'>

/** Who owns which place (DESIGN §5.1). */
export function placeProcedures(db: DatabaseSync, clock: Clock, keys: Keys) {
  const node = db.prepare('select dead from nodes where node = ?')
  const join = db.prepare('insert into nodes values (?, ?, 0)')
  const own = db.prepare(`insert into keys values (?, 'place', 0, 0, ?, ?, null, 0, 0, 0)
    on conflict do update set epoch = excluded.epoch, owner = excluded.owner, batch = null`)
  const free = db.prepare('update keys set owner = null where key = ? and epoch = ?')
  const getSnapshot = db.prepare('select version, body from snapshots where key = ?')
  const putSnapshot = db.prepare(
    'insert into snapshots values (?, ?, ?) on conflict do update set version = excluded.version, body = excluded.body',
  )
  const setSnap = db.prepare('update keys set snap = ? where key = ?')
  const fill = db.prepare('update keys set head = ?, confirmed = ?, snap = ?, cut = ?, batch = null where key = ?')
  const end = db.prepare('update keys set owner = null, batch = null, ended = 1 where key = ?')
  const left = db.prepare(
    `select key from keys where owner in (select node from nodes where dead = 1)
     and kind = 'place' and head > 0 and ended = 0 and key > ? order by key limit ?`,
  )
  const forget = ['snapshots where key = ?', 'due where place = ?', 'removed where scope = ?'].map((of) =>
    db.prepare(`delete from ${of}`),
  )

  const lives = (name: string) => (node.get(name) as { dead: number } | undefined)?.dead === 0
  const enlist = (name: string, now: number) => {
    const known = node.get(name) as { dead: number } | undefined
    if (known?.dead) throw Object.assign(new Error(`node ${name} is marked dead`), { name: 'NodeDead' })
    if (!known) join.run(name, now)
  }
  const holds = (row: KeyRow | undefined, epoch: number): row is KeyRow =>
    row !== undefined && row.epoch === epoch && !row.ended

  return {
    claim(place: string, by: string): ClaimRow {
      const now = clock.tick()
      enlist(by, now)
      const row = keys.row(place)
      if (row?.kind === 'conversation') throw new Error(`${place} is a conversation without an actor`)
      if (row?.owner && row.owner !== by && lives(row.owner)) return { owner: row.owner }
      const epoch = Math.max((row?.epoch ?? 0) + 1, now)
      own.run(place, epoch, by)
      // An ended place whose tail still waits to be published is, to all others, one that has never been.
      if (!row || row.ended) return { epoch, version: 0, confirmed: 0, snapshot: null, events: [], now }
      const snapshot = (getSnapshot.get(place) as { version: number; body: string } | undefined) ?? null
      const events = keys.tail(place, snapshot?.version ?? 0, -1)
      return { epoch, version: row.head, confirmed: row.confirmed, snapshot, events, now }
    },
    release(place: string, epoch: number): void {
      free.run(place, epoch)
    },
    snapshot(place: string, epoch: number, version: number, body: string): boolean {
      const row = keys.row(place)
      if (!holds(row, epoch) || row.owner === null || version < row.snap || version > row.head) return false
      putSnapshot.run(place, version, body)
      setSnap.run(version, place)
      keys.cut({ ...row, snap: version })
      return true
    },
    /** This ledger is never a new generation, so only what is claimed under this epoch is filled. */
    putBack({ place, node, epoch, confirmed, snapshot, from }: Unbodied, bodies: readonly string[]): Appended {
      const row = keys.row(place)
      if (!holds(row, epoch) || row.owner !== node) return { ok: false, why: 'stale', epoch: row?.epoch ?? 0 }
      const version = from + bodies.length
      if (row.head >= version) return { ok: true, version: row.head, confirmed: row.confirmed }
      const mark = Math.max(confirmed, row.confirmed)
      keys.replaceTail(place, epoch, from, bodies)
      if (snapshot) putSnapshot.run(place, snapshot.version, snapshot.body)
      fill.run(version, mark, snapshot?.version ?? 0, from, place)
      return { ok: true, version, confirmed: mark }
    },
    endPlace(place: string, epoch: number): void {
      const row = keys.row(place)
      if (!holds(row, epoch)) return
      for (const table of forget) table.run(place)
      if (row.confirmed >= row.head) keys.drop(place)
      else end.run(place)
    },
    orphans: (after: string, limit: number): string[] =>
      (left.all(after, limit) as { key: string }[]).map(({ key }) => key),
    exists(place: string): boolean {
      const row = keys.row(place)
      return row !== undefined && row.kind === 'place' && row.head > 0 && !row.ended
    },
  }
}
