import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sharedServersFolder } from './runFolder.ts'
import { startedIn } from './sharedServer.ts'

const exec = promisify(execFile)

/** Around a whole run of the suites on real servers: a folder for their notes; at the end every noted server is stopped. */
export default async function setup() {
  const folder = await mkdtemp(join(tmpdir(), 'studyhub-shared-'))
  process.env[sharedServersFolder] = folder
  return async () => {
    const commands = await startedIn(folder)
    await Promise.all(
      commands.map(({ file, args, run }) => exec(file, args, { env: { ...process.env, STUDYHUB_RUN: run } })),
    )
    // With what all servers kept, the tests' own too; one that is just ending may still write.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}
