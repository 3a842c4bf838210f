import { createStore } from '#client/store.ts'

/** Whose card is open, and beside what. */
export const shownCard = createStore<{ readonly id: string; readonly beside: DOMRect | null } | null>(null)

/** A question of the card is open: clicks there are not beside the card. */
export const cardIsHeld = createStore(false)

export const showCard = (id: string, beside?: Element | null): void =>
  shownCard.set({ id, beside: beside?.getBoundingClientRect() ?? null })
export const hideCard = (): void => shownCard.set(null)
