/** Format, lint, types, import directions and unit tests: what must hold before every commit. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

type Outcome = { name: string; code: number; seconds: number; output: string }

function run(
  name: string,
  file: string,
  args: string[],
  priority = constants.priority.PRIORITY_NORMAL,
): Promise<Outcome> {
  const begun = performance.now()
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) },
  })
  if (child.pid !== undefined) setPriority(child.pid, priority)
  let output = ''
  const done = (code: number) => resolve({ name, code, seconds: (performance.now() - begun) / 1000, output })
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  child.on('error', (error) => {
    output += String(error)
    done(1)
  })
  child.on('close', (code) => done(code ?? 1))
  return promise
}

function report({ name, code, seconds, output }: Outcome): boolean {
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(8)} ${seconds.toFixed(1)} s`)
  if (code !== 0) console.log(output)
  return code === 0
}

const folders = ['schemas', 'rooms', 'media', 'persistence', 'client', 'server', 'web', 'loadtest', 'ops', 'tests']
// What the compiler learnt last time; a fresh clone has none and takes some seconds more.
const cache = 'node_modules/.cache/studyhub'
mkdirSync(cache, { recursive: true })
// Tests that wait for something come first; the others take what is left of the machine, and the tests leave much of it.
const low = constants.priority.PRIORITY_LOW
const results = await Promise.all(
  [
    // Little but the failures: where output is cut, they must be what is left.
    run('unit', 'node_modules/vitest/vitest.mjs', [
      'run',
      '--project',
      'unit',
      '--reporter=dot',
      '--silent=passed-only',
    ]),
    run('biome', 'node_modules/@biomejs/biome/bin/biome', ['check', '.'], low),
    run(
      'types',
      'node_modules/typescript/bin/tsc',
      ['--noEmit', '--incremental', '--tsBuildInfoFile', `${cache}/check.tsbuildinfo`],
      low,
    ),
    run(
      'imports',
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      ['--config', '.dependency-cruiser.cjs', ...folders.filter((folder) => existsSync(folder))],
      low,
    ),
  ].map((check) => check.then(report)),
)
process.exitCode = results.every(Boolean) ? 0 : 1
