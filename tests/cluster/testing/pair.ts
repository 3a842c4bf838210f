import { createStudyHub } from '#client/createStudyHub.ts'
import { memoryStorage } from '#client/keyValue.ts'
import type { StudyHub } from '#client/types.ts'
import { Resident } from '../../harness/resident.ts'
import { until } from '../../harness/until.ts'
import { Cluster, type ClusterNode, whenOpen } from './cluster.ts'

/** Each node has a worker of media, and an address of its own for it. */
const mediaAt = (MEDIA_LISTEN_IP: string) => ({ MEDIA: 'on', MEDIA_WORKERS: '1', MEDIA_LISTEN_IP })

/** Two nodes and those who come to them; `everybodyLeaves` closes what a test has opened. */
export class Pair {
  readonly cluster: Cluster
  readonly a: ClusterNode
  readonly b: ClusterNode
  readonly #hubs: StudyHub[] = []

  private constructor(cluster: Cluster, a: ClusterNode, b: ClusterNode) {
    this.cluster = cluster
    this.a = a
    this.b = b
  }

  static async open(): Promise<Pair> {
    const cluster = await Cluster.open()
    const nodes = ['127.0.0.1', '127.0.0.2'].map((address) => cluster.startNode(mediaAt(address)))
    const [a, b] = (await Promise.all(nodes)) as [ClusterNode, ClusterNode]
    await whenOpen(a)
    return new Pair(cluster, a, b)
  }

  async comes(to: ClusterNode): Promise<Resident> {
    const it = await Resident.signUp(to.url)
    this.#hubs.push(it.hub)
    return it
  }

  /** The same person on another device, at another node. */
  async alsoAt(it: Resident, node: ClusterNode): Promise<StudyHub> {
    const hub = createStudyHub({ origin: node.url, fetch: it.fetch, storage: memoryStorage() })
    this.#hubs.push(hub)
    await until(hub.session, (s) => s.status === 'in', 'the session at the other node')
    return hub
  }

  async everybodyLeaves(): Promise<void> {
    await Promise.all(this.#hubs.splice(0).map((hub) => hub.close()))
  }

  close(): Promise<void> {
    return this.cluster.close()
  }
}
