/** Builds web/dist if it is missing or older than what it is made of; `--force` builds it always. */
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compressFiles } from './compressFiles.ts'
import { isStale } from './staleness.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
// Written after a build that succeeded, dated before it began: what changed meanwhile makes it stale.
const stamp = join(project, 'web/dist/.built')
const sources = ['web/src', 'web/public', 'web/index.html', 'web/vite.config.ts', 'web/postcss.config.cjs']
  .concat('client', 'schemas', 'package.json', 'package-lock.json')
  .map((path) => join(project, path))

if (process.argv.includes('--force') || (await isStale(stamp, sources))) {
  const begun = new Date()
  const { build } = await import('vite')
  await build({ configFile: join(project, 'web/vite.config.ts'), logLevel: 'warn' })
  await compressFiles(dirname(stamp))
  await mkdir(dirname(stamp), { recursive: true })
  await writeFile(stamp, '')
  await utimes(stamp, begun, begun)
  console.log(`web built in ${((Date.now() - begun.getTime()) / 1000).toFixed(1)} s`)
}
