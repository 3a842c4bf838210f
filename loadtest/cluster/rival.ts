import type { ServerChild } from '../bench/serverChild.ts'

/** One connected client in a room of its rival's. */
export interface Member {
  say(): void
  close(): void
}

/** Who is put under load: some nodes, and the way into their rooms. */
export interface Rival {
  readonly name: string
  readonly nodes: readonly ServerChild[]
  /** Processes that belong to it and serve no clients. */
  readonly others: readonly ServerChild[]
  /** Makes a room; answers a way in for each of its members, which resolves when he has all he needs to talk. */
  room(index: number, size: number): Promise<(() => Promise<Member>)[]>
  stop(): Promise<void>
}
