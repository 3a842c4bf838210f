import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Started, startServer } from '#server/testing/startServer.ts'

/** The real server on one data folder and one port over all its lives, so that clients find it again by themselves. */
export class SteadyServer {
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
  lives = 0
  #started: Started
  #before = ''

  private constructor(dataDir: string, env: Readonly<Record<string, string>>, started: Started) {
    this.dataDir = dataDir
    this.env = env
    this.#started = started
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<SteadyServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'studyhub-proof-'))
    return new SteadyServer(dataDir, env, await startServer({ dataDir, env }))
  }

  get url(): string {
    return this.#started.url
  }
  get port(): number {
    return Number(new URL(this.url).port)
  }
  get pid(): number {
    return this.#started.child.pid ?? 0
  }
  /** All that was logged in all lives. */
  get logged(): string {
    return this.#before + this.#started.stderr()
  }

  /** Asks how it is, this often, one after the other; no answer is an answer. A pace that follows the server's own. */
  async asked(times: number): Promise<void> {
    for (let i = 0; i < times; i++)
      await fetch(`${this.url}/healthz`)
        .then((it) => it.text())
        .catch(() => undefined)
  }

  /** `kill -9`; resolves when the process is gone. */
  async kill(): Promise<void> {
    await this.#started.kill()
  }

  /** SIGTERM and the drain; resolves with the exit code. */
  stop(): Promise<number | null> {
    return this.#started.stop()
  }

  /** Starts it again after `kill` or `stop`. */
  async restart(): Promise<void> {
    const env = { ...this.env, PORT: String(this.port) }
    this.#before = this.logged
    this.#started = await startServer({ dataDir: this.dataDir, env })
    this.lives++
  }

  async remove(): Promise<void> {
    if (this.#started.child.exitCode === null && this.#started.child.signalCode === null) await this.#started.kill()
    await rm(this.dataDir, { recursive: true, force: true })
  }
}
