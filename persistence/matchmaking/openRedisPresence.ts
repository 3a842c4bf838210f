import { RedisPresence } from '@colyseus/redis-presence'
import { openRedis, type RedisAddress, type RedisLimits } from '../redis/openRedis.ts'

/** Colyseus' presence for hints: what is published while Redis is away is gone, as a hint may be (I13). */
class HintPresence extends RedisPresence {
  override async publish(topic: string, data: unknown): Promise<void> {
    if (this.pub.status !== 'ready') return
    // Not waited for: a frozen server must not hold up who only wanted to hint.
    super.publish(topic, data).catch(() => undefined)
  }
  override shutdown(): void {
    // To a server that is away a farewell would wait behind all else, and the client go on trying for ever.
    for (const client of [this.sub, this.pub]) {
      if (client.status === 'ready') client.quit().catch(() => client.disconnect())
      else client.disconnect()
    }
  }
  /** Resolves when both connections serve: before that Colyseus' first subscriptions would have to wait. */
  async ready(): Promise<void> {
    for (const client of [this.pub, this.sub])
      if (client.status !== 'ready') await new Promise<void>((resolve) => client.once('ready', () => resolve()))
  }
}

/**
 * Presence over all nodes, on connections of its own. Colyseus calls much of it without waiting for an answer, so its other
 * commands wait for Redis instead of being rejected; there are few of them (a process' counts, once a second at most).
 */
export const openRedisPresence = (address: RedisAddress, limits: RedisLimits = {}): HintPresence =>
  new HintPresence(openRedis(address, { ...limits, whenAway: 'wait' }))
