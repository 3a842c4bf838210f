import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const skipped = new Set(['node_modules', 'dist', 'e2e', 'testing', 'test-results'])

/** The newest modification time (ms) of the files at or below `path`, folders included so that deletions count; 0 if there is nothing. */
export async function newestMtime(path: string): Promise<number> {
  const info = await stat(path).catch(() => undefined)
  if (!info) return 0
  if (!info.isDirectory()) return info.mtimeMs
  const names = (await readdir(path)).filter((name) => !skipped.has(name) && !/\.test\.tsx?$/.test(name))
  const times = await Promise.all(names.map((name) => newestMtime(join(path, name))))
  return Math.max(info.mtimeMs, ...times)
}

/** Whether `output` is missing or older than any of `sources`. */
export async function isStale(output: string, sources: readonly string[]): Promise<boolean> {
  const built = await stat(output).catch(() => undefined)
  if (!built) return true
  const times = await Promise.all(sources.map(newestMtime))
  return Math.max(0, ...times) > built.mtimeMs
}
