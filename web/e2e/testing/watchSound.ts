import type { Page } from 'playwright-core'

type Kept = { readonly played: HTMLAudioElement[] }

/** Keeps each sound element that a page makes, for none of them stands in it; before the page is opened. */
export const watchSound = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const kept: Kept = { played: [] }
    const Original = Audio
    class Watched extends Original {
      constructor(source?: string) {
        super(source)
        kept.played.push(this)
      }
    }
    Object.assign(globalThis, { Audio: Watched, keptSound: kept })
  })

/** Names of the devices on which this page plays now; '' is the system's choice. */
export const playsOn = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { played } = (globalThis as unknown as { keptSound: Kept }).keptSound
    const devices = await navigator.mediaDevices.enumerateDevices()
    const playing = played.filter((element) => element.srcObject && !element.paused)
    return playing.map(({ sinkId }) => (sinkId ? (devices.find((it) => it.deviceId === sinkId)?.label ?? sinkId) : ''))
  })
