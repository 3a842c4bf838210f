import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const built = fileURLToPath(new URL('../../node_modules/.cache/studyhub/loadtest/', import.meta.url))

/** The path of a program of this folder, compiled when its source is newer. Throws where the machine has no C compiler. */
export function program(name: 'traffic' | 'relay'): string {
  const source = join(here, `${name}.c`)
  const path = join(built, name)
  if (existsSync(path) && statSync(path).mtimeMs > statSync(source).mtimeMs) return path
  mkdirSync(built, { recursive: true })
  try {
    execFileSync('cc', ['-O2', '-pthread', '-o', path, source], { stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (error) {
    throw new Error(`${name}.c could not be compiled; a C compiler is needed (apt-get install gcc libc6-dev): ${error}`)
  }
  return path
}
