import { createStore } from '#client/store.ts'

const KEY = 'studyhub.volumes'
/** Of so many people the volume is remembered; who was changed longest ago is forgotten first. */
const REMEMBERED = 200
/** Percent. */
export const volumeRange = { min: 0, usual: 100, max: 200 } as const

type Volumes = Readonly<Record<string, number>>

/** Only whole numbers in range: what is stored can have been written by anybody at this device. */
export function readVolumes(text: string | null): Volumes {
  try {
    const found: unknown = JSON.parse(text ?? '{}')
    if (typeof found !== 'object' || found === null) return {}
    const fits = (v: unknown): v is number =>
      Number.isInteger(v) && Number(v) >= volumeRange.min && Number(v) <= volumeRange.max
    return Object.fromEntries(Object.entries(found).filter(([, v]) => fits(v)))
  } catch {
    return {}
  }
}

/** With this person's volume as the newest; the usual one needs no place. */
export function withVolume(volumes: Volumes, userId: string, percent: number): Volumes {
  const others = Object.entries(volumes).filter(([id]) => id !== userId)
  const mine: [string, number][] = percent === volumeRange.usual ? [] : [[userId, percent]]
  return Object.fromEntries([...others, ...mine].slice(-REMEMBERED))
}

/** How loud I hear whom, in percent, remembered on this device. */
export const volumes = createStore<Volumes>(readVolumes(globalThis.localStorage?.getItem(KEY) ?? null))

export const volumeOf = (all: Volumes, userId: string): number => all[userId] ?? volumeRange.usual

export function setVolume(userId: string, percent: number): void {
  volumes.set(withVolume(volumes.get(), userId, percent))
  localStorage.setItem(KEY, JSON.stringify(volumes.get()))
}
