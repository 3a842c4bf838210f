import { globSync } from 'node:fs'

const skipped = new Set(['node_modules', 'dist', 'data', '.ci', '.git'])

/** Files of the project that match, as paths from its top; what is installed or built is left out. */
export const sourceFiles = (pattern: string): string[] =>
  globSync(pattern, { cwd: new URL('..', import.meta.url), exclude: (name) => skipped.has(name) }).sort()
