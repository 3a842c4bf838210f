import type { DatabaseSync } from 'node:sqlite'
import type { Appended } from '../../ports/ledger.ts'
import type { KeyRow, Keys, TailRow } from './keys.ts'

/** Appends, the tail, and how far the log has taken it (DESIGN §5.2, §5.4). */
export function appendProcedures(db: DatabaseSync, keys: Keys) {
  const advance = db.prepare('update keys set head = ?, confirmed = ?, batch = ? where key = ?')
  const setConfirmed = db.prepare('update keys set confirmed = ? where key = ?')
  const unpublished = db.prepare('select key from keys where head > confirmed order by key limit ?')

  const append = (row: KeyRow, batchId: string, bodies: readonly string[]): Appended => {
    const version = row.head + bodies.length
    const confirmed = keys.store(row.key, row.epoch, row.head, row.confirmed, bodies)
    advance.run(version, confirmed, batchId, row.key)
    return { ok: true, version, confirmed }
  }

  return {
    append(place: string, epoch: number, expected: number, batchId: string, bodies: readonly string[]): Appended {
      const row = keys.row(place)
      if (!row || row.ended || row.owner === null || row.epoch !== epoch)
        return { ok: false, why: 'stale', epoch: row?.epoch ?? 0 }
      if (row.batch === batchId) return { ok: true, version: row.head, confirmed: row.confirmed }
      if (expected > row.head) return { ok: false, why: 'behind', version: row.head }
      if (expected < row.head)
        throw new Error(`append to ${place} expects version ${expected}, but its own epoch is at ${row.head}`)
      return append(row, batchId, bodies)
    },
    tail: (key: string, above: number | 'confirmed', limit: number): TailRow[] =>
      keys.tail(key, above === 'confirmed' ? (keys.row(key)?.confirmed ?? 0) : above, limit),
    marks(key: string): { head: number; confirmed: number } {
      const row = keys.row(key)
      return { head: row?.head ?? 0, confirmed: row?.confirmed ?? 0 }
    },
    confirm(key: string, seq: number): number {
      const row = keys.row(key)
      if (!row) return 0
      const confirmed = Math.max(row.confirmed, Math.min(seq, row.head))
      if (confirmed === row.confirmed) return confirmed
      setConfirmed.run(confirmed, key)
      if (row.ended && confirmed === row.head) keys.drop(key)
      else keys.cut({ ...row, confirmed })
      return confirmed
    },
    dirty: (limit: number): string[] => (unpublished.all(limit) as { key: string }[]).map(({ key }) => key),
  }
}
