import { type Generation, type Ledger, LedgerUnavailable, NodeDead } from '../ports/ledger.ts'
import { SqliteFailure, SqliteGone } from '../sqlite/SqliteFailure.ts'
import { assertHeld } from './assertHeld.ts'
import { entryNumbers } from './entryNumbers.ts'
import { bodyOf, envelopeOf } from './eventBody.ts'
import { ledgerQuestions } from './ledgerQuestions.ts'
import type { LedgerFile } from './openLedgerFile.ts'
import type { TailRow } from './procedures/keys.ts'

const SWEEP_EVERY_MS = 10 * 60 * 1000
/** The file is what it was when the process ended, or the process does not start. */
const ONLY_GENERATION: Generation = { id: 1, since: 0, state: 'open' }

/** The ledger's embedded half: one file, written by its own thread in group commits. The file is closed by who opened it. */
export function sqliteLedger(file: LedgerFile): Ledger {
  const { worker, logInline } = file
  const sweeper = setInterval(() => worker.call('sweep').catch(() => undefined), SWEEP_EVERY_MS).unref()
  const questions = ledgerQuestions(file)
  const nextEntry = entryNumbers((count) => worker.call('reserveEntries', count).catch(fail))
  const stored = () => {
    if (logInline) file.committed()
  }
  const envelopes = (key: string, rows: readonly TailRow[]) =>
    rows.map(([seq, epoch, body]) => envelopeOf(key, seq, epoch, body))

  return {
    now: () => worker.call('now').catch(fail),
    async heartbeat(node) {
      return (await worker.read('beat', node).catch(fail)) ?? (await worker.call('heartbeat', node).catch(fail))
    },
    nodes: () => worker.read('nodes').catch(fail),
    markDead: (node, silentMs) => worker.call('markDead', node, silentMs).catch(fail),

    async claim(place, node) {
      const claimed = await worker.call('claim', place, node).catch(fail)
      return 'owner' in claimed ? claimed : { ...claimed, events: envelopes(place, claimed.events) }
    },
    release: (place, epoch) => worker.call('release', place, epoch).catch(fail),
    async append({ place, epoch, expectedVersion, batchId, events }) {
      const bodies = events.map(bodyOf)
      const appended = await worker.call('append', place, epoch, expectedVersion, batchId, bodies).catch(fail)
      if (appended.ok) stored()
      return appended
    },
    snapshot: (place, epoch, version, body) => worker.call('snapshot', place, epoch, version, body).catch(fail),
    tail: async (key, above, limit) => envelopes(key, await worker.read('tail', key, above, limit).catch(fail)),
    marks: (key) => worker.read('marks', key).catch(fail),
    confirm: (key, seq) => worker.call('confirm', key, seq).catch(fail),
    dirty: (limit) => worker.read('dirty', limit).catch(fail),
    endPlace: (place, epoch) => worker.call('endPlace', place, epoch).catch(fail),
    orphans: (after, limit) => worker.read('orphans', after, limit).catch(fail),
    exists: (place) => worker.read('exists', place).catch(fail),

    generation: async () => ONLY_GENERATION,
    openGeneration: async (id) => id === ONLY_GENERATION.id,
    putBack({ events, ...held }) {
      assertHeld(held)
      return worker.call('putBack', held, events.map(bodyOf)).catch(fail)
    },

    async post(conversation, outbox, n, event) {
      const posted = await worker.call('post', conversation, outbox, n, bodyOf(event)).catch(fail)
      if (!posted.repeated) stored()
      return posted
    },

    nextEntry: () => nextEntry(),
    takePlace: (claim) => worker.callPatiently('takePlace', claim).catch(fail),
    leavePlace: (user, session) => worker.call('leavePlace', user, session).catch(fail),
    placesOf: (users) => worker.read('placesOf', users).catch(fail),
    addRemoved: (scope, user, until) => worker.call('addRemoved', scope, user, until).catch(fail),
    dropRemoved: (scope, user) => worker.call('dropRemoved', scope, user).catch(fail),
    isRemoved: (scope, user) => questions.isRemoved(scope, user).catch(fail),
    revokeSessions: (sessions) => worker.call('revokeSessions', sessions).catch(fail),
    revoked: (sessions) => questions.revoked(sessions).catch(fail),
    bumpInbox: (user) => worker.call('bumpInbox', user).catch(fail),
    inboxVersions: async (users) => new Map(await worker.read('inboxVersions', users).catch(fail)),

    setDue: (place, at) => worker.call('setDue', place, at).catch(fail),
    due: (limit) => worker.read('due', limit).catch(fail),

    async close() {
      clearInterval(sweeper)
    },
  }
}

/** What the disk or the thread did is "unavailable"; anything else is a bug of the asker and keeps its words. */
function fail(error: unknown): never {
  if (error instanceof SqliteGone || (error instanceof SqliteFailure && error.isStorage))
    throw new LedgerUnavailable(error.message, { cause: error })
  if (error instanceof SqliteFailure && error.kind === 'NodeDead') throw new NodeDead(error.message)
  throw error
}
