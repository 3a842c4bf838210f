export default {
  title: 'My study',
  today: 'Today',
  day: 'Your day runs from {{from}} to {{to}}.',
  bandLabel: 'Your day from {{from}} to {{to}}: {{total}} studied',
  from: 'From',
  to: 'To',
  length: 'Length',
  emptyText: 'Sit down in a room and press “Start studying”. Your minutes appear here.',
  signedOut: 'Sign in to see your study time.',
  now: 'now',
}
