import type { ServerName } from './serverChild.ts'

/** What the load process is told to do, and what it answers. Times in milliseconds. */
export type FanOutTask = {
  readonly task: 'fanOut'
  readonly server: ServerName
  readonly url: string
  readonly clients: number
  readonly perSecond: number
  readonly warmUpMs: number
  readonly measureMs: number
}
export type JoinsTask = {
  readonly task: 'joins'
  readonly server: 'study' | 'colyseus'
  readonly url: string
  readonly joins: number
  readonly parallel: number
}
export type IdleTask = {
  readonly task: 'idle'
  readonly server: 'study'
  readonly url: string
  readonly rooms: number
  readonly measureMs: number
}
export type Task = FanOutTask | JoinsTask | IdleTask

export type FanOutResult = {
  readonly said: number
  readonly deliveries: number
  readonly expected: number
  readonly sampledRead: number
  readonly sampledCounted: number
  readonly unknownPatches: number
  readonly refusals: number
  readonly p50: number
  readonly p99: number
  readonly ackP50: number
  readonly ackP99: number
  /** CPU of the load process over the measured time, as a share of one core. */
  readonly loadShare: number
}
export type JoinsResult = { readonly tookMs: number; readonly p50: number; readonly p99: number }

/** Live rooms by the server's own count, before and after. */
export type IdleResult = { readonly liveBefore: number; readonly liveAfter: number; readonly tookMs: number }

/** `ready`: set up, nothing measured yet. `begin` and `end` enclose what is measured. */
export type Report =
  | { readonly at: 'ready' | 'begin' | 'end' }
  | { readonly at: 'done'; readonly fanOut?: FanOutResult; readonly joins?: JoinsResult; readonly idle?: IdleResult }
