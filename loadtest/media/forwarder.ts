/** What forwards packets: the SFU, or the relay beside it. */
export type Forwarder = {
  /** Where each source of the plan sends to, in its order. */
  readonly ports: readonly number[]
  /** CPU milliseconds used so far, in the kernel and outside. */
  cpuMs(): Promise<number>
  close(): Promise<void>
}
