import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The folder of one test run: what its servers keep, and the notes by which every test file finds what another has started. */
export const sharedServersFolder = 'STUDYHUB_SHARED_SERVERS'

/** A new folder for a server's data. In a test run it goes with the run, however its test has ended. */
export const runFolder = (kind: string): Promise<string> =>
  mkdtemp(join(process.env[sharedServersFolder] ?? tmpdir(), `studyhub-${kind}-`))
