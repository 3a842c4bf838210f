import { type ChangeType, changed, firstSaid } from '#schemas/chat/changed.ts'
import type { Event } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'
import { noteSaid } from '../stage/stage.apply.ts'
import type { Appliers, StudyPlace } from '../studyPlace.ts'
import { noteAmended } from './amended.ts'
import { noteSent } from './outbox.ts'
import { stopTyping } from './typing.ts'
import { windowMessage, writeToWindow } from './window.ts'

export const chatAppliers: Appliers<'chat.sent' | ChangeType | 'read.moved' | 'read.markedUnread'> = {
  'chat.sent': (place, { data, at }) => {
    const leaving = windowMessage(place, data.number - limits.chatWindow)
    if (leaving && leaving.revision > 0) noteAmended(place, leaving.number, leaving.revision)
    writeToWindow(place, firstSaid(data, at))
    place.state.chatHead = data.number
    noteSent(place, data.author, data.outbox, { n: data.n, number: data.number, at })
    noteSaid(place, data.author, at)
    stopTyping(place, data.author)
    // Nobody's own words are unread to him.
    readTo(place, data.author, data.number)
  },
  'chat.edited': change,
  'chat.deleted': (place, event) => {
    change(place, event)
    unpin(place, event.data.number)
  },
  'chat.reacted': change,
  'chat.pinned': (place, event) => {
    change(place, event)
    unpin(place, event.data.number)
    if (event.data.on) place.state.pins.push(event.data.number)
  },
  'read.moved': (place, { data }) => readTo(place, data.userId, data.number),
  'read.markedUnread': (place, { data }) => {
    if (data.number === null) place.hidden.markedUnread.delete(data.userId)
    else place.hidden.markedUnread.set(data.userId, data.number)
  },
}

/** Forward only (I4); moving the marker takes "unread from here" away. */
function readTo({ state, hidden }: StudyPlace, userId: string, number: number): void {
  const readThrough = Math.max(hidden.readThrough.get(userId) ?? 0, number)
  hidden.readThrough.set(userId, readThrough)
  hidden.markedUnread.delete(userId)
  const member = state.members.get(userId)
  if (member) member.readThrough = readThrough
}

function change(place: StudyPlace, event: Event<ChangeType>): void {
  const { number, revision } = event.data
  const message = windowMessage(place, number)
  if (message) writeToWindow(place, changed(message, event, event.at))
  else noteAmended(place, number, revision)
  place.state.chatRevision = revision
}

function unpin(place: StudyPlace, number: number): void {
  const index = place.state.pins.indexOf(number)
  if (index >= 0) place.state.pins.splice(index, 1)
}
