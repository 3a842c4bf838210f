import { isIP } from 'node:net'
import { z } from 'zod'
import { type MediaSettings, mediaDefaults } from '#media/settings.ts'
import { list, whole } from '#persistence/settings/fields.ts'

const iceUrls = (schemes: string, example: string) =>
  list.pipe(z.array(z.string().regex(new RegExp(`^(${schemes}):[^\\s/@]+$`), `must look like ${example}`)).max(20))

/** What the server reads for voice, video and screen share. */
export const mediaVariables = {
  MEDIA: z.enum(['on', 'off'], 'must be on or off').default('on'),
  /** Worker processes; 0: one per core. */
  MEDIA_WORKERS: whole(0, 64).default(mediaDefaults.workers),
  /** Worker n listens on this port plus n, UDP and TCP; 0: any free ones. */
  MEDIA_PORT: whole(0, 65_535).default(mediaDefaults.portBase),
  /** Address on this machine; without it HOST. */
  MEDIA_LISTEN_IP: z.string().refine(isAddress, 'must be an IP address').optional(),
  /** What browsers are told to connect to, if not the address listened on. */
  MEDIA_ANNOUNCED_ADDRESS: z
    .string()
    .max(253)
    .refine(isHost, 'must be an IP address or a host name that browsers reach')
    .optional(),
  /** Who may be in one room's media at once. */
  MEDIA_PLACES: whole(1, 500).default(mediaDefaults.places),
  /** What one member may send, in kbit/s, all his sources together. */
  MEDIA_MAX_KBPS: whole(100, 1_000_000).default(mediaDefaults.maxIncomingBitrate / 1000),
  /** Members of one room on one worker, before the next come to another. */
  MEDIA_PIPE_THRESHOLD: whole(1, 1000).default(mediaDefaults.pipeThreshold),
  /** Members and what they hear and see, of all rooms on one worker, from which on nobody new comes to it. */
  MEDIA_WORKER_LOAD: whole(2, 1_000_000).default(mediaDefaults.workerLoad),
  /** STUN servers, and TURN servers that need no credentials, separated by commas. */
  ICE_SERVERS: iceUrls('stuns?|turns?', 'stun:stun.example.org:3478').default([]),
  /** TURN servers that share a secret with us (coturn: use-auth-secret); clients get credentials that last a while. */
  TURN_URLS: iceUrls('turns?', 'turn:turn.example.org:3478').optional(),
  TURN_SECRET: z.string().min(8, 'must have at least 8 characters').max(512).optional(),
  TURN_TTL_SECONDS: whole(60, 7 * 86_400).default(86_400),
}
const variables = z.object(mediaVariables)

/** All but the worker's program, which is looked for on the machine. */
export type NodeMedia = Omit<MediaSettings, 'workerPath'>

/** Null: media is off. */
export function mediaOf(v: z.output<typeof variables>, host: string): NodeMedia | null {
  if (v.MEDIA === 'off') return null
  const turn = v.TURN_URLS &&
    v.TURN_SECRET && { urls: v.TURN_URLS, secret: v.TURN_SECRET, ttlSeconds: v.TURN_TTL_SECONDS }
  return Object.freeze({
    ...mediaDefaults,
    workers: v.MEDIA_WORKERS,
    portBase: v.MEDIA_PORT,
    listenIp: v.MEDIA_LISTEN_IP ?? (isIP(host) ? host : mediaDefaults.listenIp),
    announcedAddress: v.MEDIA_ANNOUNCED_ADDRESS ?? '',
    iceUrls: v.ICE_SERVERS,
    turn: turn || null,
    places: v.MEDIA_PLACES,
    maxIncomingBitrate: v.MEDIA_MAX_KBPS * 1000,
    pipeThreshold: v.MEDIA_PIPE_THRESHOLD,
    workerLoad: v.MEDIA_WORKER_LOAD,
  })
}

/** TURN by half would silently be none. */
export function halfTurn(given: Readonly<Record<string, unknown>>): string[] {
  const needed = ['TURN_URLS', 'TURN_SECRET']
  const missing = needed.filter((name) => given[name] === undefined)
  return missing.length === 1
    ? missing.map((name) => `  ${name}: is needed too when another TURN setting is given`)
    : []
}

function isAddress(value: string): boolean {
  return isIP(value) > 0
}

/** "Every address" is nothing that anybody can connect to. */
function isHost(value: string): boolean {
  if (value === '0.0.0.0' || value === '::') return false
  return isIP(value) > 0 || /^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(value)
}
