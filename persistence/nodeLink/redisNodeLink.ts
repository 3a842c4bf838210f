import { randomUUID } from 'node:crypto'
import { type NodeLink, NodeUnreachable } from '../ports/nodeLink.ts'
import { openRedis, type RedisAddress, type RedisLimits } from '../redis/openRedis.ts'

export type RedisNodeLinkOptions = RedisLimits & {
  /** Before each channel's name. */
  readonly prefix?: string
  /** Milliseconds an answer is waited for. */
  readonly answerMs?: number
  /** Questions under way at the same time; one more is refused at once. */
  readonly maxQuestions?: number
}

type Message =
  | { readonly kind: 'note'; readonly from: string; readonly name: string; readonly payload: unknown }
  | {
      readonly kind: 'ask'
      readonly from: string
      readonly id: string
      readonly name: string
      readonly payload: unknown
    }
  | { readonly kind: 'answer'; readonly id: string; readonly payload?: unknown; readonly failed?: string }

type Waiting = { resolve(payload: unknown): void; reject(error: Error): void }

/**
 * The link by Redis pub/sub: a channel per node and one for all. Two connections, for one that listens can do nothing else; it
 * listens again by itself after every fault. Nobody listening on a node's channel means that it is not there: who asks is
 * told at once instead of after the time limit.
 */
export function redisNodeLink(address: RedisAddress, options: RedisNodeLinkOptions = {}): NodeLink {
  const { prefix = '', answerMs = 3000, maxQuestions = 2000, onFault = () => undefined } = options
  const sending = openRedis(address, options)
  // A listener is silent by nature: only its pings show that the server is there.
  const listening = openRedis(address, { ...options, silenceMs: 0, resubscribes: false })
  const channelOf = (node: string) => `${prefix}node:${node}`
  const all = `${prefix}nodes`
  const answers = new Map<string, (payload: unknown) => Promise<unknown>>()
  const ears = new Map<string, Set<(payload: unknown, from: string) => void>>()
  const waiting = new Map<string, Waiting>()
  let self = ''

  const send = async (channel: string, message: Message): Promise<number> =>
    Number(await sending.publish(channel, JSON.stringify(message)))
  const hint = (channel: string, message: Message): void => void send(channel, message).catch(onFault)

  async function reply({ from, id, name, payload }: Extract<Message, { kind: 'ask' }>) {
    const handle = answers.get(name)
    let message: Message
    try {
      if (!handle) throw new Error(`no answer to ${name}`)
      const answer = await handle(payload)
      message = { kind: 'answer', id, payload: answer }
    } catch (error) {
      message = { kind: 'answer', id, failed: String(error) }
    }
    hint(channelOf(from), message)
  }

  function take(message: Message) {
    if (message.kind === 'ask') return void reply(message)
    if (message.kind === 'note') {
      if (message.from === self) return
      for (const heard of ears.get(message.name) ?? []) heard(message.payload, message.from)
      return
    }
    const { id, payload, failed } = message
    const asker = waiting.get(id)
    if (failed === undefined) asker?.resolve(payload)
    else asker?.reject(new NodeUnreachable(failed))
  }

  listening.on('message', (_channel: string, text: string) => {
    try {
      take(JSON.parse(text) as Message)
    } catch (error) {
      onFault(error instanceof Error ? error : new Error(String(error)))
    }
  })

  const ready = (client: typeof sending) =>
    client.status === 'ready'
      ? Promise.resolve()
      : new Promise<void>((resolve) => client.once('ready', () => resolve()))

  return {
    alone: false,
    answer: (question, handle) => void answers.set(question, handle),
    hear(note, heard) {
      const set = ears.get(note) ?? new Set()
      ears.set(note, set.add(heard))
      return () => void set.delete(heard)
    },
    async open(node) {
      self = node
      await ready(sending)
      const listens = () =>
        listening.subscribe(channelOf(node), all).then(
          () => true,
          () => false,
        )
      for (let heard = false; !heard; ) {
        await ready(listening)
        // A connection that breaks meanwhile comes back by itself, and has not subscribed to anything.
        heard = await listens()
      }
      listening.on('ready', async () => {
        // Of a connection that broke the next one tries; one that only gave no answer in time is made anew.
        if (!(await listens()) && listening.status === 'ready') listening.disconnect(true)
      })
    },
    async ask(node, name, payload) {
      if (waiting.size >= maxQuestions) throw new NodeUnreachable(`${maxQuestions} questions are under way already`)
      const id = randomUUID()
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      waiting.set(id, { resolve, reject })
      const timer = setTimeout(() => reject(new NodeUnreachable(`${node} gave no answer in ${answerMs} ms`)), answerMs)
      try {
        send(channelOf(node), { kind: 'ask', from: self, id, name, payload }).then(
          (listeners) => listeners > 0 || reject(new NodeUnreachable(`there is no node ${node}`)),
          (error: unknown) => reject(new NodeUnreachable(String(error))),
        )
        return await promise
      } finally {
        clearTimeout(timer)
        waiting.delete(id)
      }
    },
    tell: (node, name, payload) => hint(channelOf(node), { kind: 'note', from: self, name, payload }),
    tellAll: (name, payload) => hint(all, { kind: 'note', from: self, name, payload }),
    async close() {
      for (const { reject } of waiting.values()) reject(new NodeUnreachable('the link is closed'))
      sending.disconnect()
      listening.disconnect()
    },
  }
}
