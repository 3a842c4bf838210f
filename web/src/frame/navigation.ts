import { IconChartDonut, IconHome, IconSettings, IconUsers, IconUsersGroup } from '@tabler/icons-react'

/** The main destinations, in order; rail and bottom tabs show the same. */
export const destinations = [
  { to: '/', label: 'lobby', icon: IconHome },
  { to: '/groups', label: 'groups', icon: IconUsersGroup },
  { to: '/people', label: 'people', icon: IconUsers },
  { to: '/study', label: 'myStudy', icon: IconChartDonut },
  { to: '/settings', label: 'settings', icon: IconSettings },
] as const
