export default {
  title: 'Notifications',
  open: 'Notifications, none new',
  openNew_one: 'Notifications, {{count}} new',
  openNew_other: 'Notifications, {{count}} new',
  empty: 'Nothing yet',
  emptyText: 'Friend requests, invitations, mentions and warnings will be here.',
  older: 'Show older ones',
  fresh: 'New',
  kind: {
    warned: 'You were warned in {{roomName}}',
    removed: { kicked: 'You were removed from {{roomName}}', banned: 'You were banned from {{roomName}}' },
    mentioned: '{{by}} mentioned you in {{roomName}}',
    screenAsked: '{{byName}} asks for the screen',
    friendAsked: '{{byName}} wants to be your friend',
    friendAccepted: '{{byName}} is your friend now',
    other: 'Something happened that this version cannot show. Reload the page.',
  },
}
