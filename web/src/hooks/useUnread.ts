import { useSyncExternalStore } from 'react'
import type { StudyHandle } from '#client/types.ts'

/** Unread messages of a room; renders again only when that number changes, not at every message. */
export const useUnread = (room: StudyHandle): number =>
  useSyncExternalStore(room.chat.view.subscribe, () => room.chat.view.get().unread)
