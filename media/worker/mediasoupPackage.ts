import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The installed npm package: its folder and its version, to which a worker has to belong. */
export type MediasoupPackage = { readonly folder: string; readonly version: string }

/** Throws where the package is not installed. Looks, but loads nothing of it. */
export function mediasoupPackage(): MediasoupPackage {
  const folder = dirname(dirname(dirname(createRequire(import.meta.url).resolve('mediasoup'))))
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return { folder, version }
}
