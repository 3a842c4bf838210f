import { limits } from '#schemas/limits.ts'

export type TurnSettings = {
  readonly urls: readonly string[]
  /** Shared with the TURN server (coturn: `use-auth-secret`, `static-auth-secret`). */
  readonly secret: string
  /** How long a pair of credentials is good for. */
  readonly ttlSeconds: number
}

export type MediaSettings = {
  /** The mediasoup-worker program. */
  readonly workerPath: string
  /** Worker processes; 0: as many as there are cores. */
  readonly workers: number
  /** Worker n listens on this port plus n, UDP and TCP. 0: any free ones. */
  readonly portBase: number
  readonly listenIp: string
  /** What clients are told to connect to; '' tells them `listenIp`, or where that is every address, the first outer one. */
  readonly announcedAddress: string
  /** STUN servers, and TURN servers that need no credentials. */
  readonly iceUrls: readonly string[]
  readonly turn: TurnSettings | null
  /** Peers at once in one place (V1). */
  readonly places: number
  /** What one peer may send, in bit/s, all its sources together. */
  readonly maxIncomingBitrate: number
  /** What one peer is sent at the start, in bit/s, before its bandwidth is known. */
  readonly initialOutgoingBitrate: number
  /** Peers of one place on one worker, before those who come later go to another worker. */
  readonly pipeThreshold: number
  /** Peers and consumers on one worker, of all places, from which on nobody new comes to it. */
  readonly workerLoad: number
  /** How long a join waits, in ms, where no worker is alive at the moment. */
  readonly workerWaitMs: number
  /** A worker that answers nothing for this long, in ms, is killed, and so replaced. */
  readonly workerSilenceMs: number
}

export const mediaDefaults: Omit<MediaSettings, 'workerPath'> = {
  workers: 0,
  portBase: 0,
  listenIp: '127.0.0.1',
  announcedAddress: '',
  iceUrls: [],
  turn: null,
  places: limits.mediaPlaces,
  maxIncomingBitrate: 8_000_000,
  initialOutgoingBitrate: 1_000_000,
  pipeThreshold: 12,
  workerLoad: 1_200,
  workerWaitMs: 3_000,
  workerSilenceMs: 5_000,
}
