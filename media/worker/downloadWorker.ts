import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { arch, platform, release } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { checkWorker } from './checkWorker.ts'
import type { MediasoupPackage } from './mediasoupPackage.ts'
import { WorkerProblem } from './WorkerProblem.ts'

const LIMIT_MS = 15_000

/** The name under which the package's own `npm-scripts.mjs` publishes and looks for the program. */
function archiveName(version: string): string {
  const kernel = platform() === 'linux' ? `-kernel${release().split('.')[0]}` : ''
  return `mediasoup-worker-${version}-${platform()}-${arch()}${kernel}.tgz`
}

/** Where the package's own install script would download from. */
async function archiveAddress(env: NodeJS.ProcessEnv, { folder, version }: MediasoupPackage): Promise<string> {
  const { repository } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    repository: { url: string }
  }
  const home = repository.url.replace(/^git\+/, '').replace(/\.git$/, '')
  const base = env['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL'] || `${home}/releases/download`
  return `${base}/${version}/${archiveName(version)}`
}

/** Unpacks the one program that the archive has to have. */
async function unpack(archive: AsyncIterable<Uint8Array>, program: string, signal: AbortSignal): Promise<void> {
  const args = ['-xzf', '-', '-C', dirname(program), basename(program)]
  const tar = spawn('tar', args, { stdio: ['pipe', 'ignore', 'ignore'], signal })
  // Its end tells what happened; an early one breaks the pipe, too.
  const ended = once(tar, 'close')
  const [[code]] = await Promise.all([ended, pipeline(archive, tar.stdin).catch(() => {})])
  signal.throwIfAborted()
  if (code !== 0) throw new WorkerProblem('what came is not an archive with a worker in it')
}

/**
 * Fetches the package's prebuilt program to where the package itself would put it, in one rename and only if it runs here. Throws, after 15 s at the
 * latest, what it was that failed; then nothing is left behind.
 */
export async function downloadWorker(
  env: NodeJS.ProcessEnv,
  installed: MediasoupPackage,
  to: string,
  limitMs: number = LIMIT_MS,
): Promise<void> {
  const signal = AbortSignal.timeout(limitMs)
  const answer = await fetch(await archiveAddress(env, installed), { signal })
  if (answer.status === 404) throw new WorkerProblem('there is none for this kind of machine')
  if (!answer.ok || answer.body === null) throw new WorkerProblem(`the answer was ${answer.status}`)
  await mkdir(dirname(to), { recursive: true })
  const folder = await mkdtemp(join(dirname(to), '.download-'))
  try {
    const program = join(folder, basename(to))
    await unpack(answer.body, program, signal)
    await chmod(program, 0o755)
    const problem = await checkWorker(program)
    if (problem !== undefined) throw new WorkerProblem(`the program does not run on this machine: ${problem}`)
    await rename(program, to)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
