import { figuresOf } from './figures/figuresOf.ts'
import type { MediaLog } from './mediaLog.ts'
import { noMedia } from './noMedia.ts'
import { SfuPlace } from './place/sfuPlace.ts'
import { WorkerPool } from './pool/workerPool.ts'
import type { MediaSettings } from './settings.ts'
import type { Sfu } from './sfu.ts'

/** Starts the workers. Never rejects: when none of them runs, the media are `failed`, and the log says why. */
export async function openMedia(settings: MediaSettings, log: MediaLog): Promise<Sfu> {
  const pool = new WorkerPool(settings, log)
  try {
    await pool.start()
  } catch (error) {
    await pool.close()
    log('error', { err: error, worker: settings.workerPath }, 'no media worker could be started')
    return noMedia('failed')
  }
  const places = new Set<SfuPlace>()
  return {
    unavailable: '',
    places: settings.places,
    figures: figuresOf(pool, places),
    open(_place, hooks) {
      const place: SfuPlace = new SfuPlace({ pool, settings, log, closed: () => places.delete(place) }, hooks)
      places.add(place)
      return place
    },
    async close() {
      for (const place of [...places]) place.close()
      await pool.close()
    },
  }
}
