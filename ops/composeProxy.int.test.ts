import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { askUntil } from '#client/testing/askUntil.ts'
import { freePort } from './freePort.ts'
import { type Backend, startBackend } from './servers/testing/backend.ts'
import { type Echo, greeting } from './servers/testing/greeting.ts'
import { type NameServer, nameServer } from './servers/testing/nameServer.ts'

const hosts = { 'node-a': '127.0.0.2', 'node-b': '127.0.0.3' }
let folder: string
let names: NameServer
let a: Backend
let b: Backend
let nginx: ChildProcess
let url: string

/** The file as it is, with the network of the containers put in place of by one of this machine. */
async function config(port: number): Promise<string> {
  const text = await readFile(join(import.meta.dirname, 'compose/nginx.conf'), 'utf8')
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((it) => `${it}_temp_path ${folder};`).join(' ')
  return `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;\n${text}`
    .replace('http {', `http { ${temp}`)
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('127.0.0.11', `127.0.0.1:${names.port}`)
    .replaceAll(/server (node-[ab]):/g, (_, name: keyof typeof hosts) => `server ${hosts[name]}:`)
    .replaceAll('2567', String(a.port))
}

beforeEach(async () => {
  await promisify(execFile)(join(import.meta.dirname, 'servers/proxy.sh'), ['install'])
  folder = await mkdtemp(join(tmpdir(), 'studyhub-nginx-'))
  names = await nameServer(hosts)
  a = await startBackend('a', 0, hosts['node-a'])
  b = await startBackend('b', a.port, hosts['node-b'])
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  await writeFile(join(folder, 'nginx.conf'), await config(port))
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')]
  nginx = spawn('nginx', args, { env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` }, stdio: 'inherit' })
  await askUntil(
    () =>
      fetch(url)
        .then(({ status }) => status)
        .catch(() => 0),
    (status) => status === 200,
    'nginx',
  )
})
afterEach(async () => {
  const ended = once(nginx, 'exit')
  nginx.kill('SIGTERM')
  await ended
  await Promise.all([a.stop(), b.stop()])
  names.stop()
  await rm(folder, { recursive: true, force: true })
})

test('OPS-5: its proxy leads sockets by path and anything else to a node that answers, tells the client’s address, and keeps the metrics in', async () => {
  const ask = async (path: string): Promise<Echo> =>
    (await fetch(url + path, { headers: { 'x-real-ip': '203.0.113.9' } })).json()
  for (const node of ['a', 'b']) {
    const met = await greeting(`${url}/n/${node}/proc/room?sessionId=s`)
    expect(met).toMatchObject({ node, path: '/proc/room?sessionId=s', headers: { 'x-real-ip': '127.0.0.1' } })
  }
  expect(await ask('/n/b/api?q=1')).toMatchObject({ node: 'b', path: '/api?q=1', headers: { host: new URL(url).host } })
  const asked = await Promise.all(Array.from({ length: 20 }, () => ask('/api/rooms')))
  expect(new Set(asked.map(({ node }) => node))).toEqual(new Set(['a', 'b']))
  expect(new Set(asked.map(({ headers }) => headers['x-real-ip']))).toEqual(new Set(['127.0.0.1']))
  for (const path of ['/metrics', '/n/a/metrics']) expect((await fetch(url + path)).status).toBe(404)
  await a.stop()
  for (let i = 0; i < 10; i++) expect((await ask('/api')).node).toBe('b')
})
