import { z } from 'zod'
import { StartFault } from '../process/StartFault.ts'
import { type ReadModel, readModels } from '../projections/startProjections.ts'
import { type ClusterServers, clusterOf, halfClusters } from '../settings/clusterSettings.ts'
import { list, whole } from '../settings/fields.ts'
import { type Stores, storesOf } from '../settings/storeSettings.ts'
import { sharedVariables } from '../settings/variables.ts'

export type WorkerSettings = {
  readonly host: string
  readonly port: number
  readonly logLevel: string
  readonly drainMs: number
  readonly groups: readonly ReadModel[]
  readonly stores: Stores
  readonly cluster: ClusterServers
}

const variables = z.object({
  ...sharedVariables,
  /** Where health and metrics are answered. */
  HOST: z.string().min(1).max(255).default('127.0.0.1'),
  PORT: whole(0, 65_535).default(2568),
  /** Read models of this worker, separated by commas; all, where nothing is said. */
  WORKER_GROUPS: list
    .pipe(z.array(z.enum(readModels as [ReadModel, ...ReadModel[]], `must be some of ${readModels.join(', ')}`)).min(1))
    .optional(),
})

/** A worker's environment, as `readSettings` reads a node's. Throws a StartFault that names every fault at once. */
export function readWorkerSettings(env: NodeJS.ProcessEnv): WorkerSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = variables.safeParse(given)
  const faults = [
    ...(parsed.error?.issues ?? []).map((issue) => `  ${String(issue.path[0])}: ${issue.message}`),
    ...halfClusters(given, [], true),
  ]
  const v = parsed.data
  const cluster = v && faults.length === 0 ? clusterOf(v) : null
  if (!v || !cluster) throw new StartFault(`The worker cannot start, to put right:\n${faults.join('\n')}`)
  return Object.freeze({
    host: v.HOST,
    port: v.PORT,
    logLevel: v.LOG_LEVEL,
    drainMs: v.DRAIN_SECONDS * 1000,
    groups: v.WORKER_GROUPS ?? readModels,
    stores: storesOf(v),
    cluster,
  })
}
