// npm run demo: a lively place to look at, on a data folder of its own: 200 people, a year of study, friends, groups, and rooms
// with people in them. The first start takes a minute; later ones add the days since. PORT and DATA as for `npm start`.

import { createLogger } from '#persistence/process/logger.ts'
import { StartFault } from '#persistence/process/StartFault.ts'
import { stopOnSignals } from '#persistence/process/stopOnSignals.ts'
import { groupsDepsOf } from '#server/api/groups/groupsOfApi.ts'
import { readSettings } from '#server/config/readSettings.ts'
import { startNode } from '#server/node/startNode.ts'
import type { Halves } from '#server/wiring/halves.ts'
import { openEmbedded } from '#server/wiring/openEmbedded.ts'
import { cast, PASSWORD } from './cast.ts'
import { fillRooms } from './fillRooms.ts'
import { seedAccounts } from './seedAccounts.ts'
import { seedFriends } from './seedFriends.ts'
import { seedGroups } from './seedGroups.ts'
import { seedImages } from './seedImages.ts'
import { seedStudy } from './seedStudy.ts'

try {
  const usual = { DATA: './data/demo', LOG_LEVEL: 'error', RATE_FACTOR: '1000' }
  const settings = readSettings({ ...usual, ...process.env })
  const log = createLogger(settings.logLevel)
  const end = (error: unknown) => {
    log.fatal({ err: error }, 'storage is gone')
    process.exit(1)
  }
  const opened = Promise.withResolvers<Halves>()
  const node = await startNode(settings, log, async () => {
    const halves = await openEmbedded(settings, log, end)
    opened.resolve(halves)
    return halves
  })
  stopOnSignals(node, settings.drainMs, log)
  const { db, ledger, blobs } = await opened.promise
  const { places } = node
  console.log('Demo: filling the place …')
  const users = await seedAccounts(node.address, db)
  const now = await ledger.now()
  await seedStudy(db, users, now)
  await seedFriends(db, users, now)
  await seedImages(db, blobs, users)
  const { groupsPerPerson } = settings
  const seatings = await seedGroups(groupsDepsOf({ db, ledger, blobs, places, log, groupsPerPerson }), users)
  const seated = await fillRooms(node.address, seatings)
  console.log(`Demo: ${cast.length} people, a year of study, ${seated} of them in rooms now.`)
  console.log(`StudyHub: ${node.address}\nSign in as ${cast[0]?.email} with ${PASSWORD}`)
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error)
  process.exit(1)
}
