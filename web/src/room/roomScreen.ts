import { createStore } from '#client/store.ts'

/** What of the room's screen is open; outside the screen, so that the palette reaches it from everywhere. */
export const roomScreen = createStore<{ readonly focus: boolean; readonly settings: boolean }>({
  focus: false,
  settings: false,
})
export const showOfRoom = (part: { focus?: boolean; settings?: boolean }): void =>
  roomScreen.set({ ...roomScreen.get(), ...part })
