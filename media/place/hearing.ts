import type { ActiveSpeakerObserver, AudioLevelObserver, Producer, Router } from 'mediasoup/types'

/** Quieter than this (dBov) is silence. */
const SILENCE_DB = -60
const EVERY_MS = 500

/** What hears a router's microphones. A paused producer is not heard. */
export type Hearing = {
  readonly levels: AudioLevelObserver
  readonly speaker: ActiveSpeakerObserver
  add(producer: Producer): Promise<void>
}

export async function listen(router: Router): Promise<Hearing> {
  const [levels, speaker] = await Promise.all([
    router.createAudioLevelObserver({ maxEntries: 64, threshold: SILENCE_DB, interval: EVERY_MS }),
    router.createActiveSpeakerObserver({ interval: 300 }),
  ])
  return {
    levels,
    speaker,
    async add({ id: producerId }) {
      await Promise.all([levels.addProducer({ producerId }), speaker.addProducer({ producerId })])
    },
  }
}

/** Coarse: 1 (just heard) to 9 (as loud as speech gets). */
export const coarseLevel = (db: number): number =>
  Math.max(1, Math.min(9, Math.round(((db - SILENCE_DB) / (-10 - SILENCE_DB)) * 9)))
