import { Cluster } from 'ioredis'
import type { RedisClient } from './openRedis.ts'
import type { RedisScript } from './redisScript.ts'

/** Makes a server, or every master of a cluster, know the scripts by their SHA. */
export async function loadScripts(client: RedisClient, scripts: readonly RedisScript[]): Promise<void> {
  const servers = client instanceof Cluster ? client.nodes('master') : [client]
  await Promise.all(servers.flatMap((server) => scripts.map(({ text }) => server.script('LOAD', text))))
}
