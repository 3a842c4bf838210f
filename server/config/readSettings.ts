import { resolve } from 'node:path'
import type { z } from 'zod'
import { StartFault } from '#persistence/process/StartFault.ts'
import { asksForCluster, type ClusterServers, clusterOf, halfClusters } from '#persistence/settings/clusterSettings.ts'
import { halfStores, type Stores, storesOf } from '#persistence/settings/storeSettings.ts'
import { originsOf } from '#server/http/origins.ts'
import { halfTurn, mediaOf, type NodeMedia } from './mediaSettings.ts'
import { relyingPartyOf } from './relyingParty.ts'
import { variables } from './settings.ts'
import { halfProviders, type SignInWays, waysOf } from './signInWays.ts'

/** A node among others. */
export type ClusterSettings = ClusterServers & {
  /** Signs sessions on every node alike. */
  readonly secret: string
  /** The way to this node from outside: `host[:port][/path]`. */
  readonly publicAddress: string
}

/** What a node among others needs beside its servers: the same sessions and the same pages everywhere, and a way to itself. */
const NODE_NEEDS = ['SECRET', 'ORIGIN', 'PUBLIC_ADDRESS']

export type Settings = {
  readonly host: string
  readonly port: number
  /** Absolute path. */
  readonly data: string
  /** Undefined: made from host and the port that was really bound. */
  readonly origin: string | undefined
  readonly allowedOrigins: readonly string[]
  readonly logLevel: string
  readonly secret: string | undefined
  readonly clientAddressHeader: string | undefined
  /** Null: no mail server, mails go into a folder. */
  readonly smtp: { readonly url: string; readonly from: string } | null
  /** Bytes. */
  readonly bufferCap: number
  readonly drainMs: number
  readonly rateFactor: number
  /** Version of the oldest clients that are served. */
  readonly oldestClient: number
  readonly groupsPerPerson: number
  readonly ways: SignInWays
  readonly stores: Stores
  /** Null: this process is alone. */
  readonly cluster: ClusterSettings | null
  /** Null: switched off. */
  readonly media: NodeMedia | null
  readonly dev: boolean
}

/**
 * The only reader of the environment. An empty variable counts as absent. Throws a StartFault that names every fault at
 * once: which variable, what is wrong with it, what to do.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = variables.safeParse(given)
  const faults = [
    ...(parsed.error?.issues ?? []).map((issue) => `  ${String(issue.path[0])}: ${issue.message}`),
    ...halfProviders(given),
    ...halfTurn(given),
    ...(asksForCluster(given) ? [] : halfStores(given)),
    ...halfClusters(given, NODE_NEEDS),
    ...(parsed.success ? passkeyFault(parsed.data) : []),
    ...('SMTP_URL' in given && !('MAIL_FROM' in given) ? ['  MAIL_FROM: is needed with SMTP_URL'] : []),
    ...('MAIL_FROM' in given && !('SMTP_URL' in given) ? ['  SMTP_URL: is needed with MAIL_FROM'] : []),
  ]
  if (!parsed.success || faults.length > 0) {
    throw new StartFault(`StudyHub cannot start, ${plural(faults.length)} to put right:\n${faults.join('\n')}`)
  }
  const v = parsed.data
  return Object.freeze({
    host: v.HOST,
    port: v.PORT,
    data: resolve(v.DATA),
    origin: v.ORIGIN,
    allowedOrigins: Object.freeze(v.ALLOWED_ORIGINS),
    logLevel: v.LOG_LEVEL,
    secret: v.SECRET,
    clientAddressHeader: v.CLIENT_ADDRESS_HEADER,
    smtp: v.SMTP_URL && v.MAIL_FROM ? Object.freeze({ url: v.SMTP_URL, from: v.MAIL_FROM }) : null,
    bufferCap: v.BUFFER_CAP,
    drainMs: v.DRAIN_SECONDS * 1000,
    rateFactor: v.RATE_FACTOR,
    oldestClient: v.OLDEST_CLIENT,
    groupsPerPerson: v.GROUPS_PER_PERSON,
    ways: waysOf(v),
    stores: storesOf(v),
    cluster: nodeOf(v),
    media: mediaOf(v, v.HOST),
    dev: v.STUDYHUB_DEV,
  })
}

function nodeOf(v: z.output<typeof variables>): ClusterSettings | null {
  const servers = clusterOf(v)
  const { SECRET: secret, PUBLIC_ADDRESS: publicAddress } = v
  return servers && secret && publicAddress ? Object.freeze({ ...servers, secret, publicAddress }) : null
}

const plural = (n: number): string => (n === 1 ? 'one setting' : `${n} settings`)

/** A server that offers passkeys at an address where no browser makes any would have a dead button. */
function passkeyFault(v: z.output<typeof variables>): string[] {
  const { passkeys } = waysOf(v)
  const { own } = originsOf({ origin: v.ORIGIN, allowed: [], host: v.HOST, port: v.PORT })
  const party = passkeys && relyingPartyOf(own, passkeys)
  return typeof party === 'string' ? [`  PASSKEYS: ${party}`] : []
}
