import { Cluster, type Redis } from 'ioredis'
import { loadScripts } from './loadScripts.ts'
import type { RedisClient } from './openRedis.ts'
import { RedisAway, redisError } from './RedisAway.ts'
import type { RedisScript } from './redisScript.ts'

export type RedisArgument = string | number
export type RedisCommand = readonly [name: string, ...args: RedisArgument[]]

export type RedisLineOptions = {
  /** What `run` will be asked for: loaded at every connection before anything else is sent. */
  readonly scripts?: readonly RedisScript[]
  /** Milliseconds a caller waits at most, for the connection and the answer together. */
  readonly timeLimitMs?: number
  /** Calls under way at the same time; one more is refused at once. */
  readonly maxCalls?: number
}

/** Everything rejects with `RedisAway` when Redis is away, and with the reply's own error when the asker has a bug. */
export type RedisLine = {
  /** Runs a script by its SHA, and by its text on a server that does not know it yet. All keys are of one hash slot. */
  run(script: RedisScript, keys: readonly string[], args: readonly RedisArgument[]): Promise<unknown>
  call(command: RedisCommand): Promise<unknown>
  /** Independent commands in as few writes as the server's kind allows; their keys may be of different slots. */
  all(commands: readonly RedisCommand[]): Promise<unknown[]>
  /** Called after a connection was lost: what was acknowledged stands, what was not may or may not. Answers how to stop. */
  onLost(listener: () => void): () => void
}

const PIPELINE = 500

/** Calls over one client, bounded in time and number. */
export function redisLine(client: RedisClient, options: RedisLineOptions = {}): RedisLine {
  const { scripts = [], timeLimitMs = 2500, maxCalls = 20_000 } = options
  let calls = 0

  // Callers who wait for a connection go on in their order, and after the scripts are on the server: a script that is
  // sent again by its text would be overtaken by the next call.
  let prepared = false
  let coming = Promise.withResolvers<void>()
  const prepare = async () => {
    await loadScripts(client, scripts).catch(() => undefined)
    if (client.status !== 'ready') return
    prepared = true
    coming.resolve()
  }
  client.on('ready', prepare)
  if (client.status === 'ready') void prepare()
  client.on('close', () => {
    if (prepared) coming = Promise.withResolvers<void>()
    prepared = false
  })
  // A node that joins a cluster, or comes back, may not know them.
  client.on('+node', (node: Redis) => void loadScripts(node, scripts).catch(() => undefined))

  async function bounded<T>(send: () => Promise<T>): Promise<T> {
    if (client.status === 'end') throw new RedisAway('the client is closed')
    if (calls >= maxCalls) throw new RedisAway(`${maxCalls} calls are under way already`)
    calls++
    let timer: NodeJS.Timeout | undefined
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new RedisAway(`no answer in ${timeLimitMs} ms`)), timeLimitMs)
    })
    let over = false
    // A caller who was told "away" repeats his call: the first one must not be sent after that.
    const answer = async () => {
      if (!prepared) await coming.promise
      if (over) throw new RedisAway('too late')
      return send()
    }
    try {
      return await Promise.race([answer(), limit])
    } catch (error) {
      throw redisError(error)
    } finally {
      over = true
      clearTimeout(timer)
      calls--
    }
  }

  const run: RedisLine['run'] = (script, keys, args) =>
    bounded(async () => {
      try {
        return await client.evalsha(script.sha, keys.length, ...keys, ...args)
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
        return client.eval(script.text, keys.length, ...keys, ...args)
      }
    })

  const call: RedisLine['call'] = ([name, ...args]) => bounded(() => client.call(name, ...args))

  async function piped(commands: readonly RedisCommand[]): Promise<unknown[]> {
    if (client instanceof Cluster) return Promise.all(commands.map(call))
    const answers = await bounded(() =>
      client.pipeline(commands.map(([name, ...args]) => [name.toLowerCase(), ...args])).exec(),
    )
    return (answers ?? []).map(([error, answer]) => {
      if (error) throw redisError(error)
      return answer
    })
  }

  return {
    run,
    call,
    async all(commands) {
      const answers: unknown[] = []
      for (let from = 0; from < commands.length; from += PIPELINE)
        answers.push(...(await piped(commands.slice(from, from + PIPELINE))))
      return answers
    },
    onLost(listener) {
      // A cluster tells of single nodes ("-node"); a server of its own of its connection.
      for (const event of ['close', '-node']) client.on(event, listener)
      return () => {
        for (const event of ['close', '-node']) client.off(event, listener)
      }
    },
  }
}
