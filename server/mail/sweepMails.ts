import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Removes the mails of a folder that were written before `before` (milliseconds). No folder, or a mail that goes meanwhile: fine. */
export async function sweepMails(folder: string, before: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/\.(txt|html|part)$/.test(name)) continue
    const file = join(folder, name)
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: before }))
    if (mtimeMs < before) await rm(file, { force: true })
  }
}
