import type { types } from 'mediasoup-client'
import { isRefusal } from '#schemas/refusals.ts'
import { TimerGroup, type Timers } from '../timers.ts'
import type { StudyRequest } from '../types.ts'
import { type Health, next, RESTART_MS, type Sign } from './iceHealth.ts'
import { iceParametersOf, iceServersOf } from './ortc.ts'
import { isForgotten } from './refused.ts'

export type IceDeps = {
  readonly transport: types.Transport
  readonly request: StudyRequest
  readonly timers: Timers
  changed(): void
  /** No restart helps: the media is made anew. */
  lost(): void
}

/** Watches the way of one transport and restarts its ICE when it is away (V5). */
export class IceKeeper {
  readonly #deps: IceDeps
  readonly #timers: TimerGroup
  #health: Health = { kind: 'well' }
  #cancel = () => {}
  #closed = false

  constructor(deps: IceDeps) {
    this.#deps = deps
    this.#timers = new TimerGroup(deps.timers)
    deps.transport.on('connectionstatechange', (state) => {
      if (state === 'connected' || state === 'disconnected' || state === 'failed') this.#saw({ kind: state })
    })
  }

  get well(): boolean {
    return this.#health.kind === 'well'
  }

  networkChanged(): void {
    // Before its first use a transport has no way that could have changed.
    if (this.#deps.transport.connectionState !== 'new') this.#saw({ kind: 'network' })
  }

  close(): void {
    this.#closed = true
    this.#timers.close()
  }

  #saw(sign: Sign): void {
    if (this.#closed) return
    const [health, act] = next(this.#health, sign)
    const changed = health.kind !== this.#health.kind
    this.#health = health
    if (act.do !== 'nothing' || health.kind === 'well') this.#cancel()
    switch (act.do) {
      case 'wait':
        this.#wait(act.ms)
        break
      case 'restart':
        void this.#restart()
        break
      case 'rebuild':
        this.#deps.lost()
        break
      case 'nothing':
        break
    }
    if (changed) this.#deps.changed()
  }

  #wait(ms: number): void {
    this.#cancel = this.#timers.after(ms, () => {
      // A restart while the old way still holds changes no state: that it holds is what was wanted.
      const connected = this.#deps.transport.connectionState === 'connected'
      this.#saw({ kind: connected ? 'connected' : 'waited' })
    })
  }

  async #restart(): Promise<void> {
    const { transport, request } = this.#deps
    const reply = await request('media.restartIce', { transport: transport.id })
    if (this.#closed || this.#health.kind !== 'restarting') return
    if (isRefusal(reply)) return this.#saw({ kind: isForgotten(reply) ? 'forgotten' : 'unasked' })
    const iceServers = iceServersOf(reply.iceServers)
    // Firefox cannot change them on a connection, and goes on with those it has.
    if (iceServers.length > 0) await transport.updateIceServers({ iceServers }).catch(() => {})
    try {
      await transport.restartIce({ iceParameters: iceParametersOf(reply) })
    } catch {
      return this.#saw({ kind: 'forgotten' })
    }
    if (!this.#closed && this.#health.kind === 'restarting') this.#wait(RESTART_MS)
  }
}
