import { showRole } from '../members/members.apply.ts'
import type { Appliers } from '../studyPlace.ts'

type RoomEvents = 'room.created' | 'room.changed' | 'room.noticed' | 'room.ownerChanged' | 'room.ended'

export const roomAppliers: Appliers<RoomEvents> = {
  'room.created': ({ state, hidden }, { key, at, data }) => {
    state.id = key
    state.kind = data.kind
    state.name = data.name
    state.level = data.level
    state.tags.clear()
    state.tags.push(...data.tags)
    state.capacity = data.capacity
    state.owner = data.owner
    state.ownerName = data.ownerName
    state.createdAt = at
    state.group = data.group ?? ''
    if (data.notice !== '') {
      state.notice = data.notice
      state.noticeBy = data.ownerName
      state.noticeAt = at
    }
    state.hasPassword = data.passwordHash !== null
    hidden.passwordHash = data.passwordHash
    hidden.emptySince = at
  },

  'room.changed': ({ state, hidden }, { data }) => {
    if (data.name !== undefined) state.name = data.name
    if (data.level !== undefined) state.level = data.level
    if (data.tags !== undefined) {
      state.tags.clear()
      state.tags.push(...data.tags)
    }
    if (data.capacity !== undefined) state.capacity = data.capacity
    if (data.locked !== undefined) state.locked = data.locked
    if (data.passwordHash !== undefined) {
      state.hasPassword = data.passwordHash !== null
      hidden.passwordHash = data.passwordHash
    }
  },

  'room.noticed': ({ state }, { at, data }) => {
    state.notice = data.text
    state.noticeBy = data.byName
    state.noticeAt = at
  },

  'room.ownerChanged': (place, { data }) => {
    const before = place.state.owner
    place.state.owner = data.owner
    place.state.ownerName = data.ownerName
    place.hidden.moderators.delete(data.owner)
    showRole(place, before)
    showRole(place, data.owner)
  },

  'room.ended': ({ hidden }) => {
    hidden.ended = true
  },
}
