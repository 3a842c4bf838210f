import type { DatabaseSync } from 'node:sqlite'
import type { NodeBeat } from '../../ports/ledger.ts'
import type { Clock } from './clock.ts'

type Row = { at: number; dead: number }

export function nodeProcedures(db: DatabaseSync, clock: Clock) {
  const get = db.prepare('select at, dead from nodes where node = ?')
  const beat = db.prepare('insert into nodes values (?, ?, 0) on conflict do update set at = excluded.at')
  const kill = db.prepare('update nodes set dead = 1 where node = ?')
  const living = db.prepare('select node, at from nodes where dead = 0 order by node')
  const row = (node: string) => get.get(node) as Row | undefined

  return {
    now: () => clock.tick(),
    heartbeat(node: string): { alive: boolean; now: number } {
      const now = clock.tick()
      if (row(node)?.dead) return { alive: false, now }
      beat.run(node, now)
      return { alive: true, now }
    },
    nodes: () => living.all() as NodeBeat[],
    /** A node that is not there has been dead so long that it was forgotten. */
    markDead(node: string, silentMs: number): boolean {
      const known = row(node)
      if (!known || known.dead) return true
      if (clock.tick() - known.at < silentMs) return false
      kill.run(node)
      return true
    },
  }
}
