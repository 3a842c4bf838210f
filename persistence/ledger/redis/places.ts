import {
  type Appended,
  type Claimed,
  type HeldPlace,
  type Ledger,
  LedgerRestoring,
  LedgerUnavailable,
  NodeDead,
} from '../../ports/ledger.ts'
import { assertHeld } from '../assertHeld.ts'
import { bodyOf } from '../eventBody.ts'
import { type LedgerContext, rulesOf } from './context.ts'
import type { DirtyIndex } from './dirtyIndex.ts'
import { envelopesOf } from './redisEvents.ts'

type Enlisted = { readonly now: number; readonly raw: number; readonly stamp: number; readonly until: number }
type ClaimReply =
  | ['late']
  | ['conversation']
  | ['owned', string]
  | ['claimed', number, number, number, number, string | null, string[]]

/** A place of which all events are held. */
const NONE = { version: 0, body: '' }

type Places = Pick<Ledger, 'claim' | 'release' | 'snapshot' | 'endPlace' | 'exists' | 'putBack'>

/**
 * Who owns which place (DESIGN §5.1). Places and nodes lie in different slots, so a claim has two halves: the node is asked
 * for and the place entered in what it holds, then the place is taken. That death is for good makes it safe: an owner who
 * was found dead stays dead until the place's script compares him.
 */
export function ledgerPlaces(context: LedgerContext, dirty: DirtyIndex): Places {
  const { keys, line, run } = context
  const three = (place: string) => [keys.record(place), keys.tail(place), keys.snapshot(place)]

  async function enlist(place: string, node: string, why: 'claim' | 'put back'): Promise<Enlisted> {
    const names = [keys.clock, keys.generation, keys.beats, keys.dead, keys.held(node), keys.stamps]
    const answer = (await run('enlist', names, node, place, ...rulesOf(context), why)) as
      | ['dead']
      | ['restoring', string]
      | ['ok', number, number, number, number]
    if (answer[0] === 'dead') throw new NodeDead(`node ${node} is marked dead`)
    if (answer[0] === 'restoring') throw new LedgerRestoring(`the ledger has come back and waits for: ${answer[1]}`)
    const [, now, raw, stamp, until] = answer
    return { now, raw, stamp, until }
  }
  const unlist = (place: string, node: string, stamp: string | number) =>
    run('unlist', [keys.held(node)], place, stamp).then(() => undefined)
  const lives = async (node: string) => (await line.call(['ZSCORE', keys.beats, node])) !== null
  const noConversation = (place: string) => new Error(`${place} is a conversation without an actor`)

  async function tryClaim(place: string, node: string): Promise<Claimed | { owner: string } | 'again'> {
    const { now, raw, stamp } = await enlist(place, node, 'claim')
    const take = async (dead: string) => (await run('claim', three(place), node, now, raw, stamp, dead)) as ClaimReply
    let reply = await take('')
    if (reply[0] === 'owned' && !(await lives(reply[1]))) reply = await take(reply[1])
    if (reply[0] === 'claimed') {
      const [, epoch, version, confirmed, snapped, body, events] = reply
      const snapshot = body === null ? null : { version: snapped, body }
      return { epoch, version, confirmed, snapshot, events: envelopesOf(place, snapped + 1, events), now }
    }
    if (reply[0] === 'late') return 'again'
    await unlist(place, node, stamp)
    if (reply[0] === 'conversation') throw noConversation(place)
    return { owner: reply[1] }
  }

  async function putBack(held: HeldPlace, bodies: readonly string[]): Promise<Appended> {
    const { place, node, epoch, confirmed, from } = held
    const snapshot = held.snapshot ?? NONE
    const { stamp, until } = await enlist(place, node, 'put back')
    const reply = (await dirty.with(place, async (touched) => {
      const fixed = [node, epoch, stamp, until, confirmed, from, snapshot.version, snapshot.body, touched]
      const done = (await run('putBack', three(place), ...fixed, ...bodies)) as [string, ...number[]]
      return done[0] === 'touch' ? 'touch' : done
    })) as ['ok', number, number] | ['stale', number] | ['conversation']
    if (reply[0] === 'ok') return { ok: true, version: reply[1], confirmed: reply[2] }
    await unlist(place, node, stamp)
    if (reply[0] === 'conversation') throw noConversation(place)
    return { ok: false, why: 'stale', epoch: reply[1] }
  }

  return {
    async claim(place, node) {
      for (let tries = 0; tries < 3; tries++) {
        const claimed = await tryClaim(place, node)
        if (claimed !== 'again') return claimed
      }
      throw new LedgerUnavailable(`the claim of ${place} took too long three times`)
    },
    async release(place, epoch) {
      const [owner, stamp] = (await run('release', [keys.record(place)], epoch)) as string[]
      if (owner !== undefined && stamp !== undefined) await unlist(place, owner, stamp)
    },
    snapshot: async (place, epoch, version, body) => (await run('snapshot', three(place), epoch, version, body)) === 1,
    async endPlace(place, epoch) {
      const [what, owner, stamp] = (await run('endPlace', [...three(place), keys.removed(place)], epoch)) as string[]
      if (what !== 'ended') return
      // In a slot of its own, so after the place; its owner has taken it out before.
      await line.call(['ZREM', keys.due, place])
      if (owner && stamp) await unlist(place, owner, stamp)
    },
    async exists(place) {
      const command = ['HMGET', keys.record(place), 'kind', 'head', 'ended'] as const
      const [kind, head, ended] = (await line.call(command)) as (string | null)[]
      return kind === 'place' && Number(head) > 0 && ended === null
    },
    async putBack(held) {
      assertHeld(held)
      return putBack(held, held.events.map(bodyOf))
    },
  }
}
