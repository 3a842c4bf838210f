import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { groupById } from '#persistence/database/groups/findGroups.ts'
import { addMember, recordOf, roleIn } from '#persistence/database/groups/members.ts'
import { temporaryFolder } from '#persistence/sqlite/testing/temporaryFolder.ts'
import { openTestLedger } from '#rooms/testing/testLedger.ts'
import { isRefusal, refuse } from '#schemas/refusals.ts'
import { createGroup } from './createGroup.ts'
import { joinByCode } from './enterGroup.ts'
import type { GroupsDeps } from './groupsDeps.ts'
import { insideOf } from './inGroup.ts'
import { removeMember, warnMember } from './moderate.ts'
import { dissolveGroup, withdraw } from './parting.ts'
import { partingPart } from './partingPart.ts'
import { removing } from './removal.ts'
import { scopeOf } from './removedScope.ts'
import { type Commit, databaseWhoseCommits, groupsOn } from './testing/groupsOn.ts'

const lea = { userId: 'lea', name: 'Lea' }
const jun = { userId: 'jun', name: 'Jun' }

async function house() {
  let commit: Commit = 'done'
  const db = await databaseWhoseCommits(join(temporaryFolder(), 'studyhub.db'), () => commit)
  const real = await openTestLedger()
  onTestFinished(async () => {
    await db.destroy()
    await real.close()
  })
  /** Each mark, with what the database said of the member when it was made. */
  const marks: string[] = []
  let away = false
  const ledger = {
    ...real,
    async addRemoved(scope: string, user: string, until: number | null) {
      if (away) throw new Error('the ledger is away')
      await real.addRemoved(scope, user, until)
      marks.push(user)
    },
  }
  const { deps, asked } = groupsOn(db, ledger)
  const made = await createGroup(deps, lea, {
    ...{ name: 'Night owls', description: '', capacity: 9, openToRequests: false },
  })
  if (isRefusal(made)) throw new Error(made.refused)
  const { groupId } = made
  await db.transaction().execute((tx) => addMember(tx, groupId, 'jun', 2))
  return {
    ...{ db, deps, asked, marks, groupId },
    commits: (how: Commit) => {
      commit = how
    },
    ledgerAway: (on: boolean) => {
      away = on
    },
    role: () => roleIn(db, groupId, 'jun'),
    marked: () => real.isRemoved(scopeOf(groupId), 'jun'),
  }
}

test('GROUP-12: a deleted account is marked in each of his groups before its rows go; what he led goes on without him', async () => {
  const { db, deps, asked, marks, groupId, role, commits } = await house()
  const part = partingPart(deps)
  await part.erase('jun')
  expect([marks, await role()]).toEqual([['jun'], null])
  expect(asked).toEqual([
    { what: 'expel', users: ['jun'] },
    { what: 'seenAnew', users: ['jun', 'lea'] },
  ])
  await db.transaction().execute((tx) => addMember(tx, groupId, 'mia', 3))
  commits('failed')
  await expect(part.erase('lea')).rejects.toThrow('commit: failed')
  commits('done')
  expect(await roleIn(db, groupId, 'lea')).toBe('leader')
  await part.erase('lea')
  expect(marks.slice(1)).toEqual(['lea', 'lea'])
  expect([await roleIn(db, groupId, 'lea'), await roleIn(db, groupId, 'mia')]).toEqual([null, 'leader'])
  // Nobody else is in it: it is dissolved, and asked again there is nothing to end.
  await part.erase('mia')
  await part.erase('mia')
  expect((await groupById(db, groupId))?.dissolvedAt).not.toBeNull()
  expect(marks).toEqual(['jun', 'lea', 'lea', 'mia'])
})

type Act = (deps: GroupsDeps, groupId: string) => Promise<unknown>
const acts: [string, Act][] = [
  ['a kick', (deps, id) => removeMember(deps, lea, id, 'jun', 'kicked', '')],
  ['a ban', (deps, id) => removeMember(deps, lea, id, 'jun', 'banned', '')],
  ['leaving', (deps, id) => withdraw(deps, jun, id)],
  ['dissolving', (deps, id) => dissolveGroup(deps, lea, id)],
  ['a leader’s dissolving as he leaves', (deps, id) => withdraw(deps, lea, id, { choice: 'dissolve' })],
  [
    'the third warning',
    async (deps, id) => {
      for (let i = 0; i < 3; i++) await warnMember(deps, lea, id, 'jun', '')
    },
  ],
]

test.each(acts)('GROUP-12: %s is marked before the database commits, and sockets end after it', async (_, act) => {
  const { deps, asked, marks, groupId, role, marked } = await house()
  const expel = deps.places.expel
  const seen: unknown[] = []
  deps.places.expel = async (user, ...rest) => {
    if (user === 'jun') seen.push(marks.includes('jun'), await role())
    return expel(user, ...rest)
  }
  await act(deps, groupId)
  expect(seen).toEqual([true, null])
  expect([await marked(), await role()]).toEqual([true, null])
  expect(asked.at(-1)).toMatchObject({ what: 'seenAnew', users: expect.arrayContaining(['jun']) })
})

test.each(acts)(
  'GROUP-12: %s that the database does not commit changes nothing: the mark is taken back',
  async (_, act) => {
    const { deps, asked, marks, groupId, role, marked, commits } = await house()
    if (act === acts[5]?.[1]) for (let i = 0; i < 2; i++) await warnMember(deps, lea, groupId, 'jun', '')
    commits('failed')
    await expect(act(deps, groupId)).rejects.toThrow('commit: failed')
    expect(marks).toContain('jun')
    expect([await role(), await marked(), asked]).toEqual(['member', false, []])
    commits('done')
    expect(isRefusal(await insideOf(deps, groupId, 'jun'))).toBe(false)
    await act(deps, groupId)
    expect(await role()).toBeNull()
  },
)

test('GROUP-12: where the answer of a commit is lost the mark stays: nothing lets in whom it may have removed', async () => {
  const { deps, groupId, role, marked, commits } = await house()
  commits('answerLost')
  await expect(removeMember(deps, lea, groupId, 'jun', 'kicked', '')).rejects.toThrow()
  expect([await role(), await marked()]).toEqual([null, true])
})

test('GROUP-12: without the mark nothing is committed', async () => {
  const { db, deps, groupId, role, ledgerAway } = await house()
  ledgerAway(true)
  await expect(removeMember(deps, lea, groupId, 'jun', 'banned', '')).rejects.toThrow('away')
  expect([await role(), (await recordOf(db, groupId, 'jun')).removed]).toEqual(['member', null])
})

test('GROUP-12: a refused removal marks nobody; who is marked but a member waits, and no longer than a minute', async () => {
  const { deps, groupId, marks } = await house()
  expect(await removeMember(deps, jun, groupId, 'lea', 'kicked', '')).toMatchObject({ refused: 'forbidden' })
  expect(marks).toEqual([])
  const now = await deps.ledger.now()
  await deps.ledger.addRemoved(scopeOf(groupId), 'jun', now + 60_000)
  expect(await insideOf(deps, groupId, 'jun')).toMatchObject({ refused: 'unavailable' })
  vi.useFakeTimers({ toFake: ['Date'], now: now + 61_000 })
  onTestFinished(() => void vi.useRealTimers())
  expect(isRefusal(await insideOf(deps, groupId, 'jun'))).toBe(false)
})

test('GROUP-13: who joins and who is already in see each other at once, in both directions', async () => {
  const { db, deps, asked, groupId } = await house()
  const row = await db.selectFrom('study_group').select('code').where('id', '=', groupId).executeTakeFirstOrThrow()
  expect(await joinByCode(deps, 'mia', row.code)).toEqual({ groupId })
  expect(asked).toEqual([{ what: 'seenAnew', users: ['jun', 'lea', 'mia'] }])
  await removeMember(deps, lea, groupId, 'mia', 'kicked', '')
  expect(asked.at(-1)).toEqual({ what: 'seenAnew', users: ['jun', 'lea', 'mia'] })
})

test('GROUP-12: a removal that others’ locks undid, and that is refused when it comes again, leaves no mark', async () => {
  const { deps, groupId, marks, marked, role, commits } = await house()
  let tries = 0
  commits('undone')
  const done = await removing(deps, groupId, 'lea', async () => {
    if (++tries === 1) return { lost: ['jun'] }
    commits('done')
    return refuse('forbidden')
  })
  expect([done, tries, marks]).toEqual([refuse('forbidden'), 2, ['jun']])
  expect(await role()).toBe('member')
  expect(await marked()).toBe(false)
})
