/** What was typed and not sent, by user and room: kept on this device over a reload, until it is sent or emptied. */
type DraftStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keyOf = (user: string, room: string): string => `studyhub.draft.${user}.${room}`

export function draftOf(store: DraftStore, user: string, room: string): string {
  try {
    return store.getItem(keyOf(user, room)) ?? ''
  } catch {
    return ''
  }
}

/** A full or forbidden storage costs only the draft's survival. */
export function keepDraft(store: DraftStore, user: string, room: string, text: string): void {
  try {
    if (text === '') store.removeItem(keyOf(user, room))
    else store.setItem(keyOf(user, room), text)
  } catch {
    // see above
  }
}
