import { findWorker } from '../../../media/worker/findWorker.ts'
import { fakeDevices } from './fakeDevices.ts'
import type { House } from './House.ts'
import { houseForFile } from './houseForFile.ts'

/** Settings of a server with media. Without a media worker on this machine it throws, and says what to do: nothing is skipped. */
export function mediaWorker(): Readonly<Record<string, string>> {
  const found = findWorker()
  if ('why' in found) throw new Error(`${found.why}; ${found.hint}`)
  return { MEDIA: 'on', MEDIASOUP_WORKER_BIN: found.path }
}

/** A house with media, and a browser with fake devices. */
export const mediaHouse = (): (() => House) => houseForFile(mediaWorker(), fakeDevices)
