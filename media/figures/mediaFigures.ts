/** The node's media in numbers. Bitrates, loss and CPU are as of the last look, at most ten seconds ago. */
export type MediaFigures = {
  readonly workers: number
  /** Workers that died since the start. */
  readonly workerDeaths: number
  readonly peers: number
  readonly routers: number
  readonly transports: number
  readonly producers: number
  readonly consumers: number
  /** bit/s that clients send and are sent. */
  readonly receivedBitrate: number
  readonly sentBitrate: number
  /** Share of RTP packets that were lost, 0 to 1: the mean over the transports that know it. */
  readonly receivedLoss: number
  readonly sentLoss: number
  /** CPU time of the living workers, in seconds, and their greatest memory, in bytes. */
  readonly cpuSeconds: number
  readonly memoryBytes: number
}

/** Those of a node without media. */
export const noFigures: MediaFigures = {
  workers: 0,
  workerDeaths: 0,
  peers: 0,
  routers: 0,
  transports: 0,
  producers: 0,
  consumers: 0,
  receivedBitrate: 0,
  sentBitrate: 0,
  receivedLoss: 0,
  sentLoss: 0,
  cpuSeconds: 0,
  memoryBytes: 0,
}
