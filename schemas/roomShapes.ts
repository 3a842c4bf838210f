// What a client knows of a room: its state, its requests, what it pushes. Nothing of the server's classes.
import type { Requests } from './messages/catalogue.ts'
import type { ChatMessage } from './messages/chat.ts'
import type { InboxMessage } from './messages/inbox.ts'
import type { LobbyChanged, LobbyMessages } from './messages/lobby.ts'
import type { MediaEvent } from './messages/media.ts'
import type { PresenceChanged } from './messages/presence.ts'
import type { StudyMessages } from './messages/study.ts'
import type { LobbyState } from './state/lobbyState.ts'
import type { StudyState } from './state/studyState.ts'

/** What comes on every socket of a user (I1). */
export type UserPushes = { inbox: InboxMessage; 'presence.changed': PresenceChanged }
/** `chat.amended`: changes to messages older than the window. */
export type StudyPushes = UserPushes & {
  'chat.amended': { messages: ChatMessage[]; revision: number }
  'media.event': MediaEvent
}
export type LobbyPushes = UserPushes & { 'lobby.changed': LobbyChanged }

export type StudyShape = {
  '~state': StudyState
  '~client': { '~messages': StudyPushes }
  state: StudyState
  messages: Requests<StudyMessages>
}
export type LobbyShape = {
  '~state': LobbyState
  '~client': { '~messages': LobbyPushes }
  state: LobbyState
  messages: Requests<LobbyMessages>
}
