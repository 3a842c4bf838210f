import type { DatabaseSync } from 'node:sqlite'
import type { NodeBeat } from '../../ports/ledger.ts'
import type { Clock } from './clock.ts'

type Row = { at: number; dead: number }

/** A beat is kept only if the row is older than this: who beats every second has no commit of his own each time. */
const KEPT_EVERY_MS = 60_000

/**
 * Heartbeats. What has to outlive this process is kept: that a node is there, and that it is dead. When it beat last is held
 * in memory, for the node that would say so again dies with this process (DESIGN §3: one process, one file).
 */
export function nodeProcedures(db: DatabaseSync, clock: Clock) {
  const get = db.prepare('select at, dead from nodes where node = ?')
  const beat = db.prepare('insert into nodes values (?, ?, 0) on conflict do update set at = excluded.at')
  const kill = db.prepare('update nodes set dead = 1 where node = ?')
  const living = db.prepare('select node, at from nodes where dead = 0 order by node')
  const beats = new Map<string, number>()
  const last = (node: string, kept: number) => Math.max(kept, beats.get(node) ?? 0)
  const row = (node: string) => get.get(node) as Row | undefined

  return {
    now: () => clock.tick(),
    /** A heartbeat that is not written: null if this one has to be. */
    beat(node: string): { alive: boolean; now: number } | null {
      const now = clock.pass()
      const known = row(node)
      if (!known || (!known.dead && now - known.at > KEPT_EVERY_MS)) return null
      if (known.dead) return { alive: false, now }
      beats.set(node, now)
      return { alive: true, now }
    },
    heartbeat(node: string): { alive: boolean; now: number } {
      const now = clock.tick()
      if (row(node)?.dead) return { alive: false, now }
      beat.run(node, now)
      return { alive: true, now }
    },
    nodes(): NodeBeat[] {
      const now = clock.peek()
      return (living.all() as { node: string; at: number }[]).map((row) => {
        const at = last(row.node, row.at)
        return { node: row.node, at, silentMs: now - at }
      })
    },
    /** A node that is not there has been dead so long that it was forgotten. */
    markDead(node: string, silentMs: number): boolean {
      const known = row(node)
      if (!known || known.dead) return true
      if (clock.tick() - last(node, known.at) < silentMs) return false
      kill.run(node)
      beats.delete(node)
      return true
    },
  }
}
