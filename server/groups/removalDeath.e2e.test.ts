import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { recordOf, roleIn } from '#persistence/database/groups/members.ts'
import { temporaryFolder } from '#persistence/sqlite/testing/temporaryFolder.ts'
import { openTestLedger } from '#rooms/testing/testLedger.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { insideOf } from './inGroup.ts'
import { removeMember } from './moderate.ts'
import { scopeOf } from './removedScope.ts'
import { databaseWhoseCommits, groupsOn } from './testing/groupsOn.ts'

test('GROUP-12: killed between mark and commit: he is a member who waits until the mark ends; the removal can be repeated', async () => {
  const folder = temporaryFolder()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testing/removeUntilKilled.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  let groupId = ''
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue
    groupId = JSON.parse(line).groupId
    break
  }
  child.kill('SIGKILL')
  await exited

  const db = await databaseWhoseCommits(join(folder, 'studyhub.db'), () => 'done')
  const ledger = await openTestLedger(folder)
  onTestFinished(async () => {
    await db.destroy()
    await ledger.close()
  })
  const { deps, asked } = groupsOn(db, ledger)
  expect(await roleIn(db, groupId, 'jun')).toBe('member')
  expect(await recordOf(db, groupId, 'jun')).toEqual({ warnings: 0, removed: null })
  expect(await ledger.isRemoved(scopeOf(groupId), 'jun')).toBe(true)
  expect(await insideOf(deps, groupId, 'jun')).toMatchObject({ refused: 'unavailable' })
  // The others are not touched by it.
  expect(isRefusal(await insideOf(deps, groupId, 'lea'))).toBe(false)
  await removeMember(deps, { userId: 'lea', name: 'Lea' }, groupId, 'jun', 'kicked', '')
  expect(await insideOf(deps, groupId, 'jun')).toMatchObject({ refused: 'kicked' })
  expect(asked[0]).toEqual({ what: 'expel', users: ['jun'] })
})
