import { type ParkDeps, parkPlaces } from './parkPlaces.ts'

const FIRST_MS = 60_000
const EVERY_MS = 3_600_000

export type ParkingDeps = ParkDeps & {
  /** Milliseconds of the ledger's clock. */
  now(): Promise<number>
  parked(places: number): void
  /** It is tried again an hour later. */
  failed(error: unknown): void
}

/** Parks idle places a minute after the start and then hourly. `stop` ends after the round in hand. */
export function startParking({ now, parked, failed, ...deps }: ParkingDeps): { stop(): Promise<void> } {
  let running = Promise.resolve()
  const round = () => {
    running = running
      .then(now)
      .then((at) => parkPlaces(deps, at))
      .then(parked)
      .catch(failed)
  }
  const first = setTimeout(round, FIRST_MS).unref()
  const hourly = setInterval(round, EVERY_MS).unref()
  return {
    stop() {
      clearTimeout(first)
      clearInterval(hourly)
      return running
    },
  }
}
