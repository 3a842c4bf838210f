import type { PlaceParking } from '../../ports/placeParking.ts'
import type { LedgerContext } from './context.ts'

type Rest = [epoch: number, head: number, confirmed: number, owned: number, version: number, body: string | null] | []

/** Takes places that rest out of memory (DESIGN §5.8). */
export const ledgerParking = ({ keys, run }: LedgerContext): PlaceParking => ({
  async rest(place) {
    const [epoch, head, confirmed, owned, version, body] = (await run('rest', [
      keys.record(place),
      keys.snapshot(place),
    ])) as Rest
    if (epoch === undefined) return null
    const snapshot = body === null || body === undefined ? null : { version: version ?? 0, body }
    return { epoch, head: head ?? 0, confirmed: confirmed ?? 0, owned: owned === 1, snapshot }
  },
  async park(place, epoch, head) {
    const names = [keys.record(place), keys.tail(place), keys.snapshot(place), keys.removed(place)]
    return (await run('park', names, epoch, head)) === 1
  },
})
