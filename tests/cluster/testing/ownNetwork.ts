import { type TcpProxy, tcpProxy } from '#client/testing/tcpProxy.ts'
import { type ClusterNode, portOf } from './cluster.ts'

/**
 * One person's way to every node, which a test can break for him alone: a small proxy before each, and a fetch that has the
 * seats which a node hands out lead through them.
 */
export class OwnNetwork {
  readonly #proxies: ReadonlyMap<number, TcpProxy>

  private constructor(proxies: ReadonlyMap<number, TcpProxy>) {
    this.#proxies = proxies
  }

  static async to(nodes: readonly ClusterNode[]): Promise<OwnNetwork> {
    const ports = nodes.map(portOf)
    return new OwnNetwork(new Map(await Promise.all(ports.map(async (port) => [port, await tcpProxy(port)] as const))))
  }

  /** Where the node is, through this network. */
  originOf(node: ClusterNode): string {
    return `http://127.0.0.1:${this.#proxies.get(portOf(node))?.port}`
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init)
    if (!/\/enter$/.test(new URL(String(input)).pathname)) return answer
    const text = (await answer.text()).replace(/("publicAddress":"127\.0\.0\.1:)(\d+)"/, (all, host, port) => {
      const proxy = this.#proxies.get(Number(port))
      return proxy ? `${host}${proxy.port}"` : all
    })
    return new Response(text, { status: answer.status, headers: answer.headers })
  }

  break(how: 'cut' | 'stall'): void {
    for (const proxy of this.#proxies.values()) proxy[how]()
  }
  heal(): void {
    for (const proxy of this.#proxies.values()) proxy.heal()
  }
  /** From now on so many bytes a second come from the nodes. */
  slowDown(bytesPerSecond: number): void {
    for (const proxy of this.#proxies.values()) proxy.trickle(bytesPerSecond)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#proxies.values()].map((proxy) => proxy.close()))
  }
}
