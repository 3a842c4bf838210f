export const peopleTabs = ['friends', 'requests', 'following', 'followers', 'find', 'blocked'] as const
type PeopleTab = (typeof peopleTabs)[number]

export const peopleSearch = (search: Record<string, unknown>): { tab?: PeopleTab | undefined } => {
  const tab = peopleTabs.find((name) => name === search['tab'])
  return tab ? { tab } : {}
}
