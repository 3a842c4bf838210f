import { createStore } from '#client/store.ts'

/** What this device remembers of how its user likes voice and video. */
export type Preferences = {
  /** Has chosen devices once: from then on one comes in by one click. */
  readonly met: boolean
  readonly joinMuted: boolean
  readonly pushToTalk: boolean
  readonly layout: 'grid' | 'speaker'
  readonly detail: 'text' | 'motion'
  readonly sound: boolean
}

const KEY = 'studyhub.media'
const usual: Preferences = {
  met: false,
  joinMuted: true,
  pushToTalk: false,
  layout: 'grid',
  detail: 'text',
  sound: true,
}

function kept(): Preferences {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return { ...usual, ...(typeof found === 'object' && found) }
  } catch {
    return usual
  }
}

export const preferences = createStore<Preferences>(kept())

export function prefer(part: Partial<Preferences>): void {
  preferences.set({ ...preferences.get(), ...part })
  localStorage.setItem(KEY, JSON.stringify(preferences.get()))
}
