import type { Generation, Ledger } from '../../ports/ledger.ts'
import { type LedgerContext, rulesOf } from './context.ts'
import { orphansOf } from './orphans.ts'

type Nodes = Pick<Ledger, 'now' | 'heartbeat' | 'nodes' | 'markDead' | 'orphans' | 'generation' | 'openGeneration'>

/** Nodes, their deaths, and the generation of the ledger (DESIGN §5.1, §5.6): one slot. */
export function ledgerNodes(context: LedgerContext): Nodes {
  const { keys, run } = context
  return {
    now: async () => Number(await run('now', [keys.clock])),
    async heartbeat(node) {
      const [alive, now] = (await run('heartbeat', [keys.clock, keys.beats, keys.dead], node)) as [number, number]
      return { alive: alive === 1, now }
    },
    async nodes() {
      const [now, pairs] = (await run('nodes', [keys.clock, keys.beats])) as [number, string[]]
      const beats = Array.from({ length: pairs.length / 2 }, (_, i) => {
        const at = Number(pairs[i * 2 + 1])
        return { node: pairs[i * 2] ?? '', at, silentMs: now - at }
      })
      return beats.sort((a, b) => (a.node < b.node ? -1 : 1))
    },
    async markDead(node, silentMs) {
      const names = [keys.clock, keys.beats, keys.dead, keys.held(node), keys.orphans]
      return (await run('markDead', names, node, silentMs)) === 1
    },
    orphans: (after, limit) => orphansOf(context, after, limit),
    async generation() {
      const answer = await run('generation', [keys.clock, keys.generation], ...rulesOf(context))
      const [id, since, state] = answer as [number, number, Generation['state']]
      return { id, since, state }
    },
    openGeneration: async (id) =>
      (await run('openGeneration', [keys.clock, keys.generation], ...rulesOf(context), id)) === 1,
  }
}
