import { createStore } from '#client/store.ts'

/** Whether the user chose not to be disturbed: short messages are not shown then. Known outside the lazy parts. */
export const doNotDisturb = createStore(false)
