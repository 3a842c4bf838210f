import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { isDay } from '#schemas/time/calendar.ts'
import { Shell } from '../frame/Shell.tsx'
import { LobbyPage } from '../lobby/LobbyPage.tsx'
import { lobbySearch } from '../lobby/lobbySearch.ts'
import { Crash } from '../pages/Crash.tsx'
import { NotFound } from '../pages/NotFound.tsx'
import { peopleSearch } from '../people/peopleTabs.ts'
import { Broken } from './LastResort.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Broken })

const lobby = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: lobbySearch,
  // Part of the first load: it is where nearly everybody comes in.
  component: LobbyPage,
})
/** A room's address; `m` is a message to show. */
const room = createRoute({
  getParentRoute: () => root,
  path: '/rooms/$roomId',
  validateSearch: (search: Record<string, unknown>): { m?: number } => {
    const m = Number(search['m'])
    return Number.isInteger(m) && m > 0 ? { m } : {}
  },
  component: lazyRouteComponent(() => import('../room/RoomPage.tsx'), 'RoomPage'),
})
const next = (search: Record<string, unknown>): { next?: string } => {
  const to = search['next']
  // Only our own addresses: an outside one would make the sign-in page a redirector.
  return typeof to === 'string' && /^\/(?![/\\])/u.test(to) ? { next: to } : {}
}
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: next,
  component: lazyRouteComponent(() => import('../accounts/SignInPage.tsx'), 'SignInPage'),
})
const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  validateSearch: next,
  component: lazyRouteComponent(() => import('../accounts/SignUpPage.tsx'), 'SignUpPage'),
})
const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  validateSearch: next,
  component: lazyRouteComponent(() => import('../accounts/ForgotPasswordPage.tsx'), 'ForgotPasswordPage'),
})
const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => import('../people/PeoplePage.tsx'), 'PeoplePage'),
})
const study = createRoute({
  getParentRoute: () => root,
  path: '/study',
  validateSearch: ({ day }: Record<string, unknown>): { day?: string } =>
    typeof day === 'string' && isDay(day) ? { day } : {},
  component: lazyRouteComponent(() => import('../study/MyStudyPage.tsx'), 'MyStudyPage'),
})
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/SettingsPage.tsx'), 'SettingsPage'),
})

const security = createRoute({
  getParentRoute: () => root,
  path: '/settings/security',
  component: lazyRouteComponent(() => import('../security/SecurityPage.tsx'), 'SecurityPage'),
})
const myData = createRoute({
  getParentRoute: () => root,
  path: '/settings/data',
  component: lazyRouteComponent(() => import('../security/DataPage.tsx'), 'DataPage'),
})
const groups = createRoute({
  getParentRoute: () => root,
  path: '/groups',
  component: lazyRouteComponent(() => import('../groups/GroupsPage.tsx'), 'GroupsPage'),
})
const group = createRoute({
  getParentRoute: () => root,
  path: '/groups/$groupId',
  component: lazyRouteComponent(() => import('../groups/GroupPage.tsx'), 'GroupPage'),
})
/** Where an invite link or a code leads, signed in or not. */
const join = createRoute({
  getParentRoute: () => root,
  path: '/join/$code',
  component: lazyRouteComponent(() => import('../groups/JoinPage.tsx'), 'JoinPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    lobby,
    room,
    groups,
    group,
    join,
    signIn,
    signUp,
    forgotPassword,
    people,
    study,
    settings,
    security,
    myData,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: Crash,
  scrollRestoration: true,
})
declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
