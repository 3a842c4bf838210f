import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { type TcpProxy, tcpProxy } from '#client/testing/tcpProxy.ts'
import { type Started, startServer } from '#server/testing/startServer.ts'
import { freePort } from '../../../ops/freePort.ts'
import { Person, type PersonOptions } from './Person.ts'

const results = fileURLToPath(new URL('../../../test-results/', import.meta.url))
export const chromiumAt = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
export const chromiumFlags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --lang=en-US'

/** One real server and one browser for a test file; people are browser contexts that end with their test. */
export class House {
  readonly #data: string
  readonly #port: number
  readonly #network: TcpProxy
  readonly #browser: Browser
  readonly #env: Readonly<Record<string, string>>
  #people: Person[] = []
  server: Started

  private constructor(
    data: string,
    port: number,
    network: TcpProxy,
    browser: Browser,
    server: Started,
    env: Readonly<Record<string, string>>,
  ) {
    this.#data = data
    this.#port = port
    this.#network = network
    this.#browser = browser
    this.#env = env
    this.server = server
  }

  /** `flags`: for its browser, beside the usual ones. */
  static async open(env: Readonly<Record<string, string>> = {}, flags: readonly string[] = []): Promise<House> {
    const data = await mkdtemp(join(tmpdir(), 'studyhub-e2e-'))
    const port = await freePort()
    const network = await tcpProxy(port)
    const [server, browser] = await Promise.all([
      House.#start(data, port, network.port, env),
      chromium.launch({ executablePath: chromiumAt, args: [...chromiumFlags.split(' '), ...flags] }),
    ])
    return new House(data, port, network, browser, server, env)
  }

  static #start(
    dataDir: string,
    port: number,
    networkPort: number,
    more: Readonly<Record<string, string>>,
  ): Promise<Started> {
    const env = { PORT: String(port), ALLOWED_ORIGINS: `http://127.0.0.1:${networkPort}`, ...more }
    return startServer({ dataDir, env })
  }

  get url(): string {
    return this.server.url
  }

  /** What lies between the server and those who were made with `breakable: true`. */
  get network(): TcpProxy {
    return this.#network
  }

  /** Someone with a browser of their own: nothing shared with anybody else. */
  async person(name: string, options: PersonOptions = {}): Promise<Person> {
    const own = options.atLocalhost ? this.url.replace('127.0.0.1', 'localhost') : this.url
    const url = options.breakable ? `http://127.0.0.1:${this.#network.port}` : own
    const person = await Person.arrive(this.#browser, url, name, options)
    this.#people.push(person)
    return person
  }

  /** kill -9, and the same server again on the same data and port. */
  async restartAfterKill(between: () => Promise<void> = async () => {}): Promise<void> {
    await this.server.kill()
    await between()
    this.server = await House.#start(this.#data, this.#port, this.#network.port, this.#env)
  }

  /** Shows what a failed test left on the screens, closes them, and tells what their consoles said. */
  async endTest(title: string, failed: boolean): Promise<void> {
    const people = this.#people
    this.#people = []
    this.#network.heal()
    const faults = people.flatMap((person) => person.faults)
    if (failed || faults.length > 0) {
      await mkdir(results, { recursive: true })
      const file = title.replaceAll(/[^\p{L}\p{Nd}]+/gu, '-').slice(0, 60)
      for (const { page, name } of people)
        await page.screenshot({ path: join(results, `${file}-${name}.png`) }).catch(() => {})
      const said = this.server.stderr()
      if (said) console.error(`server:\n${said.slice(-4000)}`)
    }
    await Promise.all(people.map((person) => person.close()))
    if (faults.length > 0) throw new Error(`the browser complained:\n${faults.join('\n')}`)
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.server.stop()
    await this.#network.close()
    await rm(this.#data, { recursive: true, force: true })
  }
}
