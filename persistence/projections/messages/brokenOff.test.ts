import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openSqliteArchive } from '../../archive/sqliteArchive.ts'
import { temporaryFolder } from '../../sqlite/testing/temporaryFolder.ts'
import { author, sent } from '../testing/histories.ts'
import { messagesProjection } from './messagesProjection.ts'

test('STORE-37, WORKER-7: a deletion that comes again is put again: a death in its middle may have left older wordings', async () => {
  const archive = await openSqliteArchive(join(temporaryFolder(), 'archive.db'))
  onTestFinished(() => archive.close())
  const write = author()
  const puts: boolean[] = []
  const group = messagesProjection({
    ...archive,
    async putMessages(batch) {
      puts.push(...batch.map(({ deleted }) => deleted))
      await archive.putMessages(batch)
    },
  })
  const deletion = write('r', 'chat.deleted', { number: 1, revision: 1, by: 'u0' })
  await group.handle([write('r', 'chat.sent', sent(1))])
  await group.handle([deletion])
  await group.handle([deletion])
  expect(puts).toEqual([false, true, true])
})
