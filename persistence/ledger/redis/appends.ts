import type { Appended, Ledger } from '../../ports/ledger.ts'
import { bodyOf } from '../eventBody.ts'
import type { LedgerContext } from './context.ts'
import type { DirtyIndex } from './dirtyIndex.ts'
import { envelopesOf } from './redisEvents.ts'

type AppendReply = ['ok', number, number] | ['stale' | 'behind' | 'less', number] | ['absent', number]

type Appends = Pick<Ledger, 'append' | 'post' | 'tail' | 'marks' | 'confirm' | 'dirty'>

/** Appends, posts, the tail, and how far the log has taken it (DESIGN §5.2-5.4). */
export function ledgerAppends(
  { keys, line, run }: LedgerContext,
  dirty: DirtyIndex,
  generation: Ledger['generation'],
): Appends {
  return {
    async append({ place, epoch, expectedVersion, batchId, events }): Promise<Appended> {
      const bodies = events.map(bodyOf)
      const reply = await dirty.with<AppendReply>(place, async (touched) => {
        const fixed = [epoch, expectedVersion, batchId, touched]
        const done = (await run('append', [keys.record(place), keys.tail(place)], ...fixed, ...bodies)) as
          | AppendReply
          | ['touch']
        return done[0] === 'touch' ? 'touch' : done
      })
      switch (reply[0]) {
        case 'ok':
          return { ok: true, version: reply[1], confirmed: reply[2] }
        case 'stale':
          return { ok: false, why: 'stale', epoch: reply[1] }
        case 'behind':
          return { ok: false, why: 'behind', version: reply[1] }
        case 'absent': {
          const { state } = await generation()
          return state === 'owners' ? { ok: false, why: 'gone' } : { ok: false, why: 'stale', epoch: reply[1] }
        }
        case 'less':
          throw new Error(`append to ${place} expects version ${expectedVersion}, but its own epoch is at ${reply[1]}`)
      }
    },
    async post(conversation, outbox, n, event) {
      const body = bodyOf(event)
      const names = [keys.record(conversation), keys.tail(conversation), keys.outbox(conversation, outbox)]
      const reply = await dirty.with(conversation, async (touched) => {
        const done = (await run('post', names, n, touched, body)) as [string, number, number, number]
        return done[0] === 'touch' ? 'touch' : done
      })
      if (reply[0] === 'place') throw new Error(`${conversation} is a place: only its actor appends to it`)
      return { seq: reply[1], repeated: reply[2] === 1, confirmed: reply[3] }
    },
    async tail(key, above, limit) {
      const reply = await run('tail', [keys.record(key), keys.tail(key)], above, limit)
      const [first, entries] = reply as [number, string[]]
      return envelopesOf(key, first, entries)
    },
    async marks(key) {
      const [head, confirmed] = (await line.call(['HMGET', keys.record(key), 'head', 'confirmed'])) as (string | null)[]
      return { head: Number(head ?? 0), confirmed: Number(confirmed ?? 0) }
    },
    confirm: async (key, seq) =>
      Number(await run('confirm', [keys.record(key), keys.tail(key), keys.snapshot(key)], seq)),
    dirty: (limit) => dirty.list(limit),
  }
}
