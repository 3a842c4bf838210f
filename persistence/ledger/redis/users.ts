import type { Ledger, UserPlace } from '../../ports/ledger.ts'
import type { LedgerContext } from './context.ts'

const MONTH_MS = 31 * 24 * 3_600_000
const BUCKETS = 16

type Users = Pick<
  Ledger,
  | 'nextEntry'
  | 'takePlace'
  | 'leavePlace'
  | 'placesOf'
  | 'bumpInbox'
  | 'inboxVersions'
  | 'addRemoved'
  | 'dropRemoved'
  | 'isRemoved'
  | 'revokeSessions'
  | 'revoked'
>

/** Few enough that a node's sessions are asked for in a few calls, enough to spread them over a cluster. */
function bucketOf(session: string): number {
  let hash = 0
  for (let i = 0; i < session.length; i++) hash = (hash * 31 + session.charCodeAt(i)) | 0
  return Math.abs(hash) % BUCKETS
}
const byBucket = (sessions: readonly string[]) => Map.groupBy(sessions, bucketOf)

/** Who sits where, removals, ended sessions, and what his inbox has come to (I1, I7, I13). */
export function ledgerUsers({ keys, line, run }: LedgerContext): Users {
  const ofAll = (users: readonly string[], key: (user: string) => string) =>
    line.all(users.map((user) => ['GET', key(user)] as const)) as Promise<(string | null)[]>

  return {
    // Numbers rise with the clock: a ledger that comes back empty begins above what it has handed out before.
    nextEntry: async (user) => Number(await run('rise', [keys.entry(user)], MONTH_MS)),
    async takePlace(claim) {
      const { user, place, session, device, entry, node } = claim
      const seat = JSON.stringify({ user, place, session, device, entry, node } satisfies UserPlace)
      const reply = await run('takePlace', [keys.seat(user)], session, entry, seat)
      const [taken, kept] = reply as [number, string | null]
      const holder = kept === null ? null : (JSON.parse(kept) as UserPlace)
      return taken === 0 && holder ? { taken: false, holder } : { taken: true, before: holder }
    },
    leavePlace: async (user, session) => (await run('leavePlace', [keys.seat(user)], session)) === 1,
    async placesOf(users) {
      const seats = await ofAll(users, keys.seat)
      return seats.filter((seat) => seat !== null).map((seat) => JSON.parse(seat) as UserPlace)
    },
    bumpInbox: async (user) => Number(await run('rise', [keys.inbox(user)], 0)),
    async inboxVersions(users) {
      const versions = await ofAll(users, keys.inbox)
      return new Map(users.map((user, i) => [user, Number(versions[i] ?? 0)]))
    },

    async addRemoved(scope, user, until) {
      await run('addRemoved', [keys.removed(scope)], user, until ?? '+inf')
    },
    async dropRemoved(scope, user) {
      await line.call(['ZREM', keys.removed(scope), user])
    },
    isRemoved: async (scope, user) => (await run('isRemoved', [keys.removed(scope)], user)) === 1,
    async revokeSessions(sessions) {
      await Promise.all([...byBucket(sessions)].map(([bucket, ids]) => run('revoke', [keys.revoked(bucket)], ...ids)))
    },
    async revoked(sessions) {
      const buckets = [...byBucket(sessions)]
      const scores = (await line.all(
        buckets.map(([bucket, ids]) => ['ZMSCORE', keys.revoked(bucket), ...ids] as const),
      )) as (string | null)[][]
      return buckets.flatMap(([, ids], i) => ids.filter((_, j) => (scores[i]?.[j] ?? null) !== null))
    },
  }
}
