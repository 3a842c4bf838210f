// npm run rebuild -- study: works a read model out anew from what it is made of (RECORD-6). On the folder of DATA; a node that
// runs on it has to be stopped first.
import { rebuildDays } from '#persistence/database/study/rebuildDays.ts'
import type { Opened } from '#persistence/process/openings.ts'
import { StartFault } from '#persistence/process/StartFault.ts'
import { embeddedStores } from '#persistence/settings/storeSettings.ts'
import { readSettings, type Settings } from '#server/config/readSettings.ts'
import { takeDataFolder } from './dataFolder.ts'
import { openDatabase } from './openStores.ts'
import { takeStores } from './takeStores.ts'

async function rebuild(what: string | undefined, { data: dir, stores }: Settings): Promise<void> {
  if (what !== 'study') throw new StartFault('Say what to rebuild: npm run rebuild -- study')
  const closers: (() => unknown)[] = []
  const opened: Opened = (value, close) => {
    closers.unshift(() => close(value))
    return value
  }
  const gone = (error: Error) => {
    throw error
  }
  try {
    opened(takeDataFolder(dir), (lock) => lock.release())
    await takeStores({ ...embeddedStores, mysql: stores.mysql }, dir, opened, gone)
    const db = await openDatabase({ dir, url: stores.mysql }, opened, gone)
    const { members, days, changed } = await rebuildDays(db)
    console.log(`Study rebuilt: ${members} members, ${days} days; ${changed} rows differed.`)
  } finally {
    for (const close of closers) await close()
  }
}

try {
  await rebuild(process.argv[2], readSettings(process.env))
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error)
  process.exitCode = 1
}
