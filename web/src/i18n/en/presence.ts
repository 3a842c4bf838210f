export default {
  title: 'Presence',
  state: { online: 'Online', away: 'Away', dnd: 'Do not disturb', offline: 'Offline' },
  choice: { online: 'Online', away: 'Away', dnd: 'Do not disturb', invisible: 'Invisible' },
  hint: {
    online: 'Friends and group members see where you are; away after five minutes without input.',
    away: 'You look away, whatever you do.',
    dnd: 'No short messages pop up; they wait in your notifications. Warnings still come.',
    invisible: 'You look offline to everybody. In an open room you are still on its list of members.',
  },
  friendsHere: 'Friends here now',
  inLobby: 'in the lobby',
  lastSeen: 'Last seen {{when}}',
}
