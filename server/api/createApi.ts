import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ApiEnv } from '#server/http/apiEnv.ts'
import { type AppDeps, createApp } from '#server/http/createApp.ts'
import { adder } from '#server/http/endpoint.ts'
import { answerUnknownPaths } from '#server/http/unknownPath.ts'
import { accountsApi } from './accounts/accounts.api.ts'
import { accountTries } from './accounts/accountTries.ts'
import { codesApi } from './accounts/codes.api.ts'
import { codeTries } from './accounts/codeTries.ts'
import { passwordApi } from './accounts/password.api.ts'
import type { ApiDeps } from './apiDeps.ts'
import { checksApi } from './checks/checks.api.ts'
import { docsPage } from './docs/docs.ts'
import { groupsApi } from './groups/groups.api.ts'
import { groupMembersApi } from './groups/members.api.ts'
import { groupWaysApi } from './groups/ways.api.ts'
import { type Health, healthRoutes } from './health/health.ts'
import { inboxApi } from './inbox/inbox.api.ts'
import { meApi } from './me/me.api.ts'
import { messagesApi } from './messages/messages.api.ts'
import { openApiDocument } from './openApiDocument.ts'
import { passkeysApi } from './passkeys/passkeys.api.ts'
import { peopleApi } from './people/people.api.ts'
import { personalApi } from './personal/personal.api.ts'
import { presenceApi } from './presence/presence.api.ts'
import { enterApi } from './rooms/enter.api.ts'
import { roomsApi } from './rooms/rooms.api.ts'
import { secondFactorApi } from './secondFactor/secondFactor.api.ts'
import { devicesApi } from './sessions/devices.api.ts'
import { tokensApi } from './sessions/tokens.api.ts'
import { socialApi, socialCallback } from './social/social.api.ts'
import { studyBoardsApi } from './study/boards.api.ts'
import { studyApi } from './study/study.api.ts'

const resources = [
  accountsApi,
  codesApi,
  passwordApi,
  meApi,
  roomsApi,
  enterApi,
  messagesApi,
  checksApi,
  studyApi,
  studyBoardsApi,
  devicesApi,
  tokensApi,
  presenceApi,
  inboxApi,
  groupsApi,
  groupWaysApi,
  groupMembersApi,
  personalApi,
  peopleApi,
  secondFactorApi,
  passkeysApi,
  socialApi,
]

/** The whole HTTP API; `pages` adds what stands beside it: the web client's files. */
export function createApi(
  deps: ApiDeps & AppDeps & Omit<Health, 'clientAddressHeader'>,
  pages: (app: OpenAPIHono<ApiEnv>) => void = () => {},
): OpenAPIHono<ApiEnv> {
  const app = createApp(deps)
  healthRoutes(app, deps)
  const add = adder(app, deps.accounts)
  const { tries, rateFactor } = deps
  const all = { ...deps, accountTries: accountTries(tries, rateFactor), codeTries: codeTries(tries, rateFactor) }
  for (const resource of resources) resource(add, all)
  socialCallback(app, deps)
  openApiDocument(app)
  docsPage(app)
  answerUnknownPaths(app)
  pages(app)
  return app
}
