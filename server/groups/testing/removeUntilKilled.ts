// A process that removes somebody from a group and is killed between the mark and the commit: says the group's id when the
// mark is made, and waits for a commit that never comes.
import { join } from 'node:path'
import { addMember } from '#persistence/database/groups/members.ts'
import { openTestLedger } from '#rooms/testing/testLedger.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { createGroup } from '../createGroup.ts'
import { removeMember } from '../moderate.ts'
import { type Commit, databaseWhoseCommits, groupsOn } from './groupsOn.ts'

const [folder = ''] = process.argv.slice(2)
let commit: Commit = 'done'
const db = await databaseWhoseCommits(join(folder, 'studyhub.db'), () => commit)
const ledger = await openTestLedger(folder)
const { deps } = groupsOn(db, {
  ...ledger,
  async addRemoved(...mark) {
    await ledger.addRemoved(...mark)
    console.log(JSON.stringify({ groupId }))
  },
})
const lea = { userId: 'lea', name: 'Lea' }
const made = await createGroup(deps, lea, { name: 'Owls', description: '', capacity: 9, openToRequests: false })
const groupId = isRefusal(made) ? '' : made.groupId
await db.transaction().execute((tx) => addMember(tx, groupId, 'jun', 2))
commit = 'never'
// A promise alone keeps no process alive.
setInterval(() => {}, 60_000)
await removeMember(deps, lea, groupId, 'jun', 'kicked', '')
