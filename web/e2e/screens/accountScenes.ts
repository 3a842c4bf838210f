import type { Page } from 'playwright-core'
import type { Person } from '../testing/Person.ts'
import { fill } from '../testing/texts.ts'
import type { Scene } from './Scene.ts'

const field = ({ page }: Person, label: string) => page.getByLabel(label, { exact: true })

/** Of a place where nobody has been yet. */
export const emptyScenes: readonly { name: string; show: (visitor: Person) => Promise<Page> }[] = [
  {
    name: 'lobby-nobody',
    async show(visitor) {
      await visitor.open('/')
      await visitor.sees(visitor.t.lobby.emptyTitle)
      return visitor.page
    },
  },
]

export const accountScenes: readonly Scene[] = [
  {
    name: 'sign-in',
    async show({ visitor }) {
      await visitor.open('/sign-in')
      await visitor.button(visitor.t.common.signIn).waitFor()
      await visitor.button(fill(visitor.t.security.providers.with, { name: 'Google' })).waitFor()
      return visitor.page
    },
  },
  {
    name: 'sign-in-wrong',
    async show({ visitor, me }) {
      const { t, page } = visitor
      await visitor.open('/sign-in')
      await visitor.button(t.common.signIn).click()
      await visitor.sees(t.accounts.wrong.empty)
      await visitor.sendSignIn(me.email, 'Not-mine-1!')
      await visitor.sees(t.common.refusal.bad_credentials)
      return page
    },
  },
  {
    name: 'sign-up',
    async show({ visitor }) {
      await visitor.open('/sign-up')
      await field(visitor, visitor.t.accounts.password).waitFor()
      return visitor.page
    },
    tall: true,
  },
  {
    name: 'sign-up-wrong',
    async show({ visitor, me }) {
      const { t, page } = visitor
      await visitor.open('/sign-up')
      await field(visitor, t.accounts.email).fill('nobody')
      await field(visitor, t.accounts.handle).fill(me.handle)
      await page.getByText(t.accounts.taken.handle).waitFor()
      await visitor.button(t.accounts.sendCode).click()
      await page.getByText(t.accounts.wrong.password).waitFor()
      return page
    },
    tall: true,
  },
  {
    name: 'sign-up-code',
    async show({ visitor }) {
      const { t, page } = visitor
      await visitor.open('/sign-up')
      await visitor.sendSignUp()
      await page.getByRole('group', { name: t.accounts.code, exact: true }).waitFor()
      return page
    },
    tall: true,
  },
  {
    name: 'forgot-password',
    async show({ visitor }) {
      await visitor.open('/forgot-password')
      await visitor.sees(visitor.t.accounts.forgotText)
      return visitor.page
    },
  },
  {
    name: 'reset-password',
    async show({ visitor, newcomer }) {
      const { t, page } = visitor
      await visitor.open('/forgot-password')
      await field(visitor, t.accounts.email).fill(newcomer.email)
      await visitor.button(t.accounts.sendCode).click()
      await field(visitor, t.accounts.newPassword).waitFor()
      return page
    },
    tall: true,
  },
  ...(['/people', '/groups', '/study', '/settings'] as const).map(
    (path): Scene => ({
      name: `signed-out-${path.slice(1)}`,
      async show({ visitor }) {
        await visitor.open(path)
        await visitor.page.getByRole('link', { name: visitor.t.common.signIn }).first().waitFor()
        await visitor.page.getByRole('heading', { level: 1 }).waitFor()
        return visitor.page
      },
    }),
  ),
  {
    name: 'not-found',
    async show({ visitor }) {
      await visitor.open('/nowhere')
      await visitor.sees(visitor.t.common.notFound.title)
      return visitor.page
    },
  },
]
