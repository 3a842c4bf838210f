import type { SfuPlace } from '../place/sfuPlace.ts'
import type { WorkerPool } from '../pool/workerPool.ts'
import type { MediaFigures } from './mediaFigures.ts'
import { type Sample, sample } from './sample.ts'

const SAMPLE_MS = 10_000

/** The figures of a node. Counting costs nothing; the workers are asked at most every ten seconds, and only if somebody asks. */
export function figuresOf(pool: WorkerPool, places: ReadonlySet<SfuPlace>): () => Promise<MediaFigures> {
  let last: { at: number; sampled: Promise<Sample> } | undefined
  return async () => {
    const peers = [...places].flatMap((place) => [...place.peers])
    if (last === undefined || performance.now() - last.at >= SAMPLE_MS) {
      const transports = peers.flatMap((peer) => [...peer.transports.values()])
      const workers = pool.workers.map(({ started }) => started.worker)
      last = { at: performance.now(), sampled: sample(workers, transports) }
    }
    const count = (of: (peer: (typeof peers)[number]) => number) => peers.reduce((all, peer) => all + of(peer), 0)
    return {
      workers: pool.workers.length,
      workerDeaths: pool.deaths,
      peers: peers.length,
      routers: [...places].reduce((all, place) => all + place.routers, 0),
      transports: count((peer) => peer.transports.size),
      producers: count((peer) => peer.producers.size),
      consumers: count((peer) => peer.consumers.size),
      ...(await last.sampled),
    }
  }
}
