import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '#persistence/process/logger.ts'
import { readSettings } from '#server/config/readSettings.ts'
import { startNode } from '#server/node/startNode.ts'
import { openEmbedded } from '#server/wiring/openEmbedded.ts'

export type InProcess = {
  readonly url: string
  readonly dataDir: string
  /** Everything logged so far, at every level. */
  logged(): string
  stop(): Promise<void>
}

/** A whole node in this process, on its embedded halves in a temporary folder. One per test file: Colyseus has one matchmaker. */
export async function inProcess(env: Record<string, string> = {}): Promise<InProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'studyhub-'))
  const settings = readSettings({ PORT: '0', DATA: dataDir, LOG_LEVEL: 'trace', MEDIA: 'off', ...env })
  let lines = ''
  const log = createLogger(settings.logLevel, {
    write(line) {
      lines += line
    },
  })
  const node = await startNode(settings, log, () =>
    openEmbedded(settings, log, (error) => {
      throw error
    }),
  )
  return {
    url: node.address,
    dataDir,
    logged: () => lines,
    async stop() {
      await node.stop(5000)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
