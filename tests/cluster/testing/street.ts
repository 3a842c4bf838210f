import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { freePort } from '../../../ops/freePort.ts'
import { startServer } from '../../../ops/servers/startServer.ts'
import { fakeDevices } from '../../../web/e2e/testing/fakeDevices.ts'
import { chromiumAt, chromiumFlags } from '../../../web/e2e/testing/House.ts'
import { Person } from '../../../web/e2e/testing/Person.ts'
import { watchConnections } from '../../../web/e2e/testing/rtcStats.ts'
import { Cluster, type ClusterNode, whenOpen } from './cluster.ts'

/** Where browsers reach the media of each node. */
export const mediaAt: Readonly<Record<string, string>> = { a: '127.0.0.1', b: '127.0.0.2' }
const results = fileURLToPath(new URL('../../../test-results/', import.meta.url))

/** Nodes `a` and `b` behind a real proxy, each with media at an address of its own, and people with browsers. */
export class Street {
  readonly nodes: Readonly<Record<string, ClusterNode>>
  /** The proxy's address. */
  readonly url: string
  readonly #browser: Browser
  readonly #closers: readonly (() => Promise<unknown>)[]
  #people: Person[] = []

  private constructor(
    nodes: Readonly<Record<string, ClusterNode>>,
    url: string,
    browser: Browser,
    closers: readonly (() => Promise<unknown>)[],
  ) {
    this.nodes = nodes
    this.url = url
    this.#browser = browser
    this.#closers = closers
  }

  static async open(): Promise<Street> {
    const cluster = await Cluster.open()
    const ports = { a: await freePort(), b: await freePort() }
    const names = Object.entries(ports)
    const proxy = await startServer('proxy', ...names.map(([name, port]) => `${name}=127.0.0.1:${port}`))
    const url = proxy.settings['PROXY_URL'] ?? ''
    const shared = {
      ORIGIN: url,
      ALLOWED_ORIGINS: names.map(([, port]) => `http://127.0.0.1:${port}`).join(','),
      CLIENT_ADDRESS_HEADER: 'x-real-ip',
      ...{ MEDIA: 'on', MEDIA_WORKERS: '1' },
    }
    const start = async ([name, port]: [string, number]) => {
      const PUBLIC_ADDRESS = `${new URL(url).host}/n/${name}`
      return [
        name,
        await cluster.startNode({
          ...shared,
          ...{ PORT: String(port), PUBLIC_ADDRESS, MEDIA_LISTEN_IP: mediaAt[name] ?? '' },
        }),
      ] as const
    }
    const nodes = Object.fromEntries(await Promise.all(names.map(start)))
    const browser = await chromium.launch({
      executablePath: chromiumAt,
      args: [...chromiumFlags.split(' '), ...fakeDevices],
    })
    await Promise.all(Object.values(nodes).map(whenOpen))
    return new Street(nodes, url, browser, [() => browser.close(), () => cluster.close(), () => proxy.stop()])
  }

  /** Somebody new whose pages come from this address; `socketTo` tells to which node the newest socket of theirs to a room leads. */
  async arrives(name: string, url = this.url): Promise<Person & { socketTo(roomId: string): string }> {
    const person = await Person.arrive(this.#browser, url, name, {})
    this.#people.push(person)
    await watchConnections(person.page)
    const sockets: string[] = []
    person.page.on('websocket', (it) => sockets.push(it.url()))
    // Others lead elsewhere: what is addressed to somebody comes from the node that his pages come from.
    const socketTo = (roomId: string) => {
      const newest = sockets.findLast((url) => new URL(url).pathname.endsWith(`/${roomId}`)) ?? `none of ${sockets}`
      return /\/n\/([a-z])\//.exec(newest)?.[1] ?? `no node in ${newest}`
    }
    return Object.assign(person, { socketTo })
  }

  /** A picture to look at, in `test-results`. */
  async picture(of: Person, name: string): Promise<void> {
    await mkdir(results, { recursive: true })
    await of.page.screenshot({ path: `${results}${name}.png` })
  }

  /** All go home; their browsers' complaints are the test's. */
  async endTest(title: string, failed: boolean): Promise<void> {
    const people = this.#people
    this.#people = []
    if (failed)
      for (const it of people) await this.picture(it, `${title.replaceAll(/\W+/g, '-').slice(0, 50)}-${it.name}`)
    await Promise.all(people.map((it) => it.close()))
    const faults = people.flatMap((it) => it.faults)
    if (faults.length > 0) throw new Error(`the browser complained:\n${faults.join('\n')}`)
  }

  async close(): Promise<void> {
    for (const close of this.#closers) await close()
  }
}
