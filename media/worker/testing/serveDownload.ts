import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type Download = { readonly address: string; readonly asked: string[]; close(): Promise<void> }

async function archive(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'studyhub-archive-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const args = ['-czf', '-', '-C', folder, ...Object.keys(files)]
  const { stdout } = await promisify(execFile)('tar', args, { encoding: 'buffer' })
  await rm(folder, { recursive: true })
  return stdout
}

/** A mirror with one archive of these files under every name; `undefined`: it has nothing; `'half'`: it sends a beginning and then nothing more. */
export async function serveDownload(files: Readonly<Record<string, string>> | 'half' | undefined): Promise<Download> {
  const body = files === undefined || files === 'half' ? undefined : await archive(files)
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (files === 'half') response.writeHead(200).write('x')
    else response.writeHead(body ? 200 : 404).end(body)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.closeAllConnections()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
  }
}
